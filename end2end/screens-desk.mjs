// Pictures of the desks: a shop's day is made through the product (sales that end well and badly, holds, drafts, files,
// an invitation), then every desk is pictured, and a few as they are on the first day, with nothing in them.

const PASSWORD = "pindesk-sandbox";

/** Signs in without a page and answers the cookies. */
async function signedIn(context, base, login) {
  const answer = await context.request.post(`${base}/desk/fn/access/enter`, {
    headers: { accept: "text/html", origin: base, "content-type": "application/x-www-form-urlencoded" },
    data: new URLSearchParams({ login, password: PASSWORD }).toString(),
    maxRedirects: 0,
  });
  if (answer.status() >= 400) throw new Error(`${login} can't sign in: ${answer.status()}`);
}

/** Fills a form that stands on a page, folded or not, and sends it. `*` takes a select's first real choice. */
async function send(page, address, action, values = {}) {
  await page.goto(address);
  const form = page.locator(`form[action="/desk/fn/${action}"]`).first();
  await Promise.all([
    page.waitForNavigation(),
    form.evaluate((form, values) => {
      for (const [name, value] of Object.entries(values)) {
        for (const field of [...form.elements].filter((each) => each.name === name)) {
          if (field.type === "checkbox" || field.type === "radio") field.checked = [value].flat().includes(field.value);
          else field.value = value === "*" ? [...field.options].find((option) => option.value).value : value;
        }
      }
      form.submit();
    }, values),
  ]);
}

/** One day of a shop. Answers the orders and the people to open. */
async function day({ base, culturelands, faults, grouped, launch, newPhone, post, quickSale, sql, tail, until }) {
  const browser = await launch();
  const customer = async (text, known = {}) => {
    const context = await browser.newContext({ locale: "ko-KR" });
    const code = await quickSale(context.request, text, known);
    const view = () => post(context.request, "order/view", [["code", code]]);
    return { code, view, request: context.request };
  };
  const hyundai = (won) => `현대백화점상품권 ${won} ${grouped(`2345${tail()}1111`)} 보안코드 4821`;
  const phone = newPhone();
  const paid = await customer(culturelands("1011", "1012"), { phone });
  const mixed = await customer(culturelands("1011", "9901", "9904"), { phone, nth: 2 });
  for (let more = 0; more < 6; more += 1) await customer(culturelands("1011"));
  const refused = await customer(culturelands("9901", "9902"));
  const held = await customer(culturelands("1011"), { account: `3333${tail().slice(-6)}901` });
  await customer(culturelands("1011"), { account: `3333${tail().slice(-6)}905` });
  await customer(culturelands("1011", "9907"));
  const manual = await customer(`${hyundai("100,000원")}\n${culturelands("1011")}`);
  for (const won of ["50,000원", "300,000원"]) await customer(hyundai(won));
  await customer(culturelands("9905"));
  await customer(culturelands(...Array(12).fill("1011")));
  const asks = await browser.newContext({ locale: "ko-KR" });
  for (const body of ["입금이 언제 되는지 궁금해요.", "상품권 번호를 잘못 적었어요. 고칠 수 있나요?"]) {
    await post(asks.request, "inquiry/send", [["name", "홍길동"], ["phone", newPhone()], ["body", body]]);
  }
  await faults([]);
  await until("paid", async () => (await paid.view()).finished);
  await until("refused", async () => (await refused.view()).finished);
  await until("held", async () => (await held.view()).steps.some((step) => step.state === "stopped"));

  // Three rows that a person must look at, which no fault of the sandbox makes within a minute.
  sql(
    "update outbox set state = 'review', last_error_code = 'hand_unclear' where id in " +
      "(select id from outbox where state = 'done' and kind = 'send_message' order by created_at limit 3)",
  );

  const at = {};
  for (const login of ["owner", "operator", "content"]) {
    const context = await browser.newContext({ locale: "ko-KR", timezoneId: "Asia/Seoul" });
    await signedIn(context, base, login);
    at[login] = await context.newPage();
  }
  const { owner, operator, content } = at;
  const order = (one) => `${base}/desk/orders/${one.code}`;
  await send(operator, order(paid), "order/note", { text: "고객이 전화로 입금 시각을 물어봄.\n입금 완료라고 안내함." });
  await send(operator, order(manual), "order/hold", { why: "*", reason: "상품권 사진을 기다려요" });
  await send(operator, order(manual), "order/release", { reason: "사진을 확인했어요" });
  await send(operator, `${base}/desk/manual`, "manual/claim");
  const mine = new URL(operator.url()).pathname;
  await send(operator, `${base}/desk/orders?state=held`, "orders/save_view", { name: "보류만" });
  await send(owner, `${base}/desk/orders?state=paid`, "exports/request", { format: "xlsx", reason: "월말 정산 대조" });
  await send(owner, `${base}/desk/risk/blocks`, "risk/block", {
    kind: "phone", value: "01099998888", until: "2031-12-31", reason: "보이스피싱으로 신고된 번호",
  });
  await send(owner, `${base}/desk/users`, "users/invite", { login: "sora.lee", name: "이소라", reason: "새로 입사", "role[]": ["auditor"] });
  await send(content, `${base}/desk/rates/cultureland`, "rates/save", { rate_0: "85.5", reason: "시세가 내려서" });
  await send(content, `${base}/desk/fees`, "fees/save", { instant: "900", reason: "이체 수수료가 올라서" });
  await send(content, `${base}/desk/brands/teencash`, "brands/save", { note_ko: "영문·숫자 12자리 · 종이 상품권은 안 돼요", reason: "자주 물어봐서" });
  await send(operator, `${base}/desk/risk/rules`, "risk/draft", { review_at: "45", reason: "검토를 조금 더 넓게" });
  const rules = new URL(operator.url()).pathname;
  await send(owner, `${base}/desk/customers`, "customer/find", { phone, reason: "고객 요청으로 주문 확인" });
  const person = new URL(owner.url()).pathname;
  await send(owner, base + person, "customer/hold", { until: "2031-06-30", reason: "분쟁 진행 중" });
  await send(owner, `${base}/desk/audit`, "audit/verify");
  const first = async (page, path, link) => {
    await page.goto(base + path);
    return page.locator(link).first().getAttribute("href");
  };
  const inquiry = await first(operator, "/desk/inquiries", "a.row-link");
  const user = await first(owner, "/desk/users", "a.row-link");
  const notice = await first(owner, "/desk/content", "a.row-link");
  const cookies = { owner: await owner.context().storageState(), operator: await operator.context().storageState() };
  await browser.close();
  const paths = { paid: `/desk/orders/${paid.code}`, mixed: `/desk/orders/${mixed.code}`, manual: `/desk/orders/${manual.code}`, held: `/desk/risk/cases/${held.code}` };
  return { cookies, mine, rules, person, inquiry, user, notice, ...paths };
}

/** What is pictured: a name, who looks, where. */
const pages = (made) => [
  ["start", "owner", "/desk"],
  ["orders", "operator", "/desk/orders?all=1"],
  ["orders-none", "operator", "/desk/orders?min=99999999"],
  ["order-paid", "operator", made.paid],
  ["order-mixed", "operator", made.mixed],
  ["order-manual", "operator", made.manual],
  ["exports", "owner", "/desk/exports"],
  ["manual", "operator", "/desk/manual"],
  ["manual-item", "operator", made.mine],
  ["risk", "operator", "/desk/risk"],
  ["risk-case", "operator", made.held],
  ["risk-blocks", "operator", "/desk/risk/blocks"],
  ["risk-rules", "operator", "/desk/risk/rules"],
  ["risk-rules-draft", "owner", made.rules],
  ["inquiries", "operator", "/desk/inquiries"],
  ["inquiry", "operator", made.inquiry],
  ["brands", "owner", "/desk/brands"],
  ["brand", "owner", "/desk/brands/teencash"],
  ["rates", "owner", "/desk/rates"],
  ["rate", "owner", "/desk/rates/cultureland"],
  ["fees", "owner", "/desk/fees"],
  ["content", "owner", "/desk/content"],
  ["content-edit", "owner", made.notice],
  ["documents", "owner", "/desk/documents"],
  ["document", "owner", "/desk/documents/terms"],
  ["customers", "owner", "/desk/customers"],
  ["customer", "owner", made.person],
  ["privacy", "owner", "/desk/privacy"],
  ["audit", "owner", "/desk/audit"],
  ["keys", "owner", "/desk/keys"],
  ["settings", "owner", "/desk/settings"],
  ["users", "owner", "/desk/users"],
  ["user", "owner", made.user],
  ["jobs", "owner", "/desk/jobs"],
  ["health", "owner", "/desk/health"],
  ["me", "owner", "/desk/me"],
  ["step-up", "owner", "/desk/step-up"],
  ["not-found", "owner", "/desk/nowhere"],
];

/** Pages that also speak English, and that are also seen in the dark on a phone. */
const MAIN = ["start", "orders", "order-manual", "manual-item", "risk-case", "rate"];
const MOST = 1_800;

export async function desks(tools) {
  const { base, booth, launch, looks, EN } = tools;
  const browser = await launch();
  const context = await browser.newContext({ locale: "ko-KR" });
  await signedIn(context, base, "operator");
  const newcomer = await context.storageState();
  await browser.close();
  // The first day: queues with nothing in them say what will come.
  for (const look of looks.filter(({ scheme }) => scheme === "light")) {
    const { shot, go, close } = await booth(look, undefined, newcomer);
    for (const [name, path] of [["orders", "orders?all=1"], ["manual", "manual"], ["risk", "risk"], ["inquiries", "inquiries"]]) {
      await go(`/desk/${path}`);
      await shot(`desk-empty-${name}`, { live: true, most: MOST });
    }
    await close();
  }
  const made = await day(tools);
  for (const look of looks) {
    const door = await booth(look);
    await door.go("/desk/sign-in");
    await door.shot("desk-sign-in");
    await door.close();
    for (const login of ["owner", "operator"]) {
      const { page, shot, go, close } = await booth(look, undefined, made.cookies[login]);
      for (const [name, who, path] of pages(made)) {
        const everyLook = look.scheme === "light" || (look.size.name === "1366" && !name.includes("none")) || MAIN.includes(name);
        if (who !== login || !everyLook) continue;
        await go(path);
        await shot(`desk-${name}`, { live: true, most: MOST });
        if (name === "jobs") {
          // Some rows picked, and what is asked before they are woken.
          for (const place of [0, 2]) await page.locator("input[data-pick]").nth(place).check();
          await page.locator(".bulk summary").click();
          await shot("desk-jobs-picked", { live: true, full: false });
          await page.keyboard.press("Escape");
        }
        if (name === "order-manual") {
          // A dialog that repeats order and amount, and the palette.
          await page.locator("summary", { hasText: /^보류$/ }).first().click();
          await shot("desk-hold", { live: true, full: false });
          await page.keyboard.press("Escape");
          await page.keyboard.press("Control+k");
          await shot("desk-palette", { live: true, full: false });
        }
      }
      await close();
    }
  }
  for (const look of looks.filter(({ scheme, size }) => scheme === "light" && size.name === "1366")) {
    for (const login of ["owner", "operator"]) {
      const { shot, go, close } = await booth(look, EN, made.cookies[login]);
      for (const [name, who, path] of pages(made)) {
        if (who !== login || !MAIN.includes(name)) continue;
        await go(`${path}${path.includes("?") ? "&" : "?"}lang=en`);
        await shot(`desk-${name}`, { live: true, most: MOST });
      }
      await close();
    }
  }
}
