import { test as base, type TestInfo } from "@playwright/test";
import { expect } from "../../support/expect";
import { ScriptedProvider } from "../../support/provider";
import { CumuletServer } from "../../support/server";
import { Studio } from "../../support/studio";
import { Control } from "./control";
import { HostPage } from "./host-page";
import { Receiver } from "./receiver";
import { Rows } from "./rows";

interface WorkerFixtures {
  server: CumuletServer;
  receiver: Receiver;
  control: Control;
}

interface TestFixtures {
  studio: Studio;
  host: HostPage;
  rows: Rows;
}

/** The real server, a receiver for what leaks, and a list of results. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const provider = await ScriptedProvider.start();
      const server = await CumuletServer.start(provider.address);
      await use(server);
      await server.stop();
      await provider.stop();
    },
    { scope: "worker" },
  ],
  receiver: [
    async ({}, use) => {
      const receiver = await Receiver.start();
      await use(receiver);
      await receiver.stop();
    },
    { scope: "worker" },
  ],
  control: [
    async ({ receiver }, use) => {
      const control = await Control.start(receiver);
      await use(control);
      await control.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.address),
  studio: async ({ page }, use) => use(new Studio(page)),
  host: async ({ page }, use) => use(new HostPage(page)),
  rows: async ({}, use, info: TestInfo) => use(new Rows(info)),
});

export { expect };
