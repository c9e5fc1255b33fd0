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
  projects: [
    {
      name: "phone",
      use: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
    { name: "desktop", use: { viewport: { width: 1366, height: 768 } } },
  ],
});
