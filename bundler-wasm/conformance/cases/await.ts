// case: values and their order
log.push("first");
export const a = await Promise.resolve(1);
log.push("second");
export const [b, { c = await 3 }] = await [2, {}];
log.push(a, b, c, typeof late);
export function late() {}
// case: for await
async function* numbers() { yield 1; yield 2; }
for await (const n of numbers()) log.push(n);
for await (const n of [Promise.resolve(3), 4]) { if (n === 4) continue; log.push(n); }
// case: in blocks, conditions and loops
if (await true) { const inner = await "in a block"; log.push(inner); }
for (let i = await 0; i < (await 2); i++) log.push(i);
try { await Promise.reject(new RangeError("caught")); } catch (error: any) { log.push(error.message); } finally { log.push(await "finally"); }
label: { log.push(await "label"); break label; }
switch (await 2) { case await 2: log.push("case"); }
// case: an error after an await
log.push("before");
await Promise.resolve();
throw new RangeError("after");
// case: a rejected promise
await Promise.reject(new TypeError("rejected"));
// case: functions keep their own await
const f = async () => await 1;
class A { async m() { return await 2; } static async *g() { yield await 3; } }
const o = { async m() { return await 4; } };
log.push(await f(), await new A().m(), await o.m(), (await A.g().next()).value);
// case: in classes, where the class is evaluated
const Base = class { hello() { return "hello"; } };
class A extends (await Promise.resolve(Base)) { [await "key"]() { return 1; } static x = 2; }
log.push(new A().hello(), new A().key(), A.x);
// case: exports are live
export let count = 0;
const tick = async () => { count += 1; };
await tick();
log.push(count);
await tick();
log.push(count);
// case: a default export
export default await Promise.resolve(class Named {});
// case: this and arguments
log.push(typeof this, await (async () => typeof this)());
// case: templates, optional chains and operators
const o = Promise.resolve({ f: (x: number) => x + 1 });
log.push(`${await "template"}`, (await o)?.f(await 1), await null ?? "nothing", !(await false), -(await 1), (await o).f(2) ** 2, await (await (await 3)));
// case: types around awaits
const value = (await Promise.resolve(1)) as number;
const other = <string>await Promise.resolve("text");
const sure = (await Promise.resolve({ a: 1 }))!.a satisfies number;
log.push(value, other, sure);
// case: enums and namespaces beside
enum Kind { a = 1, b }
namespace N { export const text = "text"; }
log.push(await Kind.b, await N.text);
