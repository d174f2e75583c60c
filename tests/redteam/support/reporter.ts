import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";
class R implements Reporter {
  onTestEnd(test: TestCase, result: TestResult) {
    for (const a of result.annotations) console.log(test.title.slice(0,20), a.type, a.description);
  }
  onEnd(_r: FullResult) {}
}
export default R;
