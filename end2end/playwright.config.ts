// The product is started by .setup/with-server.sh (make e2e), which says where in PINDESK_E2E_URL.
import { defineConfig } from "@playwright/test";

const baseURL = process.env.PINDESK_E2E_URL;
if (!baseURL) throw new Error("PINDESK_E2E_URL is not set: start the suite with `make e2e`");

const korean = { locale: "ko-KR", timezoneId: "Asia/Seoul" };

export default defineConfig({
  testDir: "tests",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    ...korean,
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.PINDESK_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // What doesn't depend on the width is tried by one project; the pages themselves, the sale and the keyboard by both.
  // Whatever was run and however it ended, at the end everything that customers typed is looked for (canaries).
  projects: [
    { name: "ground", testMatch: "ground.setup.ts", teardown: "canaries" },
    { name: "canaries", testMatch: "canaries.spec.ts" },
    {
      name: "phone",
      testIgnore: /(canaries|code|desk-[a-z]+|draft|edges|facts|lookup|order|pages|plain|price)\.spec\.ts$/,
      dependencies: ["ground"],
      use: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
    { name: "desktop", testIgnore: "canaries.spec.ts", dependencies: ["ground"], use: { viewport: { width: 1366, height: 768 } } },
  ],
});
