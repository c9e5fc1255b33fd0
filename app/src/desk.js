// @ts-check
// What a tired hand likes at the desk. Every page works without it: links, forms, folds. Nothing here knows an order or a
// right; it moves the focus, opens dialogs, and asks the server for the same pages again.

const page = document;
/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
const all = (selector, within = page) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);
/** @param {string} selector @param {ParentNode} [within] */
const one = (selector, within = page) => /** @type {HTMLElement | null} */ (within.querySelector(selector));
/** @param {EventTarget | null} target */
const isTyping = target =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type));

// --- palette ---------------------------------------------------------------------------------------------------------
const palette = /** @type {HTMLDialogElement | null} */ (one("[data-palette]"));
const field = /** @type {HTMLInputElement | null} */ (palette && one("[data-palette-input]", palette));
const list = palette && one("ul", palette);
let chosen = 0;

const shown = () => (list ? all("li:not([hidden])", list) : []);
/** @param {number} at */
const choose = at => {
  const items = shown();
  chosen = items.length ? (at + items.length) % items.length : 0;
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
  field?.setAttribute("aria-activedescendant", items[chosen]?.id ?? "");
  items[chosen]?.scrollIntoView({ block: "nearest" });
};
const look = () => {
  if (!palette || !field || !list) return;
  const wanted = field.value.trim().toLowerCase();
  one("li[data-order]", list)?.remove();
  for (const item of all("li", list)) item.hidden = !(item.textContent ?? "").toLowerCase().includes(wanted);
  // Only the shape of an order's code may stand in an address: whatever else is typed may be a phone, an account or a number.
  if (/^(pd)?-?[0-9a-z]{4}-?[0-9a-z]{4}$/.test(wanted) && (/[a-z]/.test(wanted.replace(/^pd-?/, "")) || wanted.startsWith("pd"))) {
    const item = page.createElement("li");
    item.setAttribute("role", "option");
    item.id = "palette-order";
    item.dataset.order = "";
    item.dataset.href = `/desk/orders/${encodeURIComponent(field.value.trim())}`;
    item.textContent = `${list.dataset.orderLabel}: ${field.value.trim()}`;
    list.prepend(item);
  }
  const empty = one(".palette-empty", palette);
  if (empty) empty.hidden = shown().length > 0;
  choose(0);
};
const openPalette = () => {
  if (!palette || !field || palette.open) return;
  field.value = "";
  look();
  palette.showModal();
  field.focus();
};
/** @param {HTMLElement | undefined} item */
const go = item => { if (item?.dataset.href) location.assign(item.dataset.href); };
field?.addEventListener("input", look);
field?.addEventListener("keydown", event => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if (event.key === "Enter") go(shown()[chosen]);
  else return;
  event.preventDefault();
});
list?.addEventListener("click", event => go(/** @type {HTMLElement} */ (event.target).closest("li") ?? undefined));
for (const button of all("[data-palette-open]")) button.addEventListener("click", openPalette);

// --- tables ----------------------------------------------------------------------------------------------------------
const rows = () => all("[data-rows] tbody tr");
const here = () => rows().findIndex(row => row.hasAttribute("data-here"));
/** @param {number} at */
const stand = at => {
  const found = rows();
  if (!found.length) return;
  const place = Math.max(0, Math.min(found.length - 1, at));
  found.forEach((row, index) => row.toggleAttribute("data-here", index === place));
  found[place].scrollIntoView({ block: "nearest" });
  // What opens the row comes before what changes it, wherever in the row it stands: Enter must not press a button by accident.
  const wanted = ["a.row-link", "input[data-pick]", "summary", "button"].map(kind => one(kind, found[place]));
  wanted.find(control => control)?.focus({ preventScroll: true });
};
// What is picked is told wherever the page tells it: in the bar below the table, and in the dialog that asks.
const bulk = () => {
  const boxes = /** @type {HTMLInputElement[]} */ (all("input[data-pick]"));
  const picked = boxes.filter(box => box.checked);
  const sum = picked.reduce((total, box) => total + Number(box.dataset.amount ?? 0), 0);
  for (const count of all("[data-bulk-count]")) count.textContent = picked.length.toLocaleString();
  for (const amount of all("[data-bulk-sum]")) amount.textContent = sum.toLocaleString();
  for (const names of all("[data-bulk-names]")) names.textContent = picked.map(box => box.dataset.name).join(", ");
  const whole = /** @type {HTMLInputElement | null} */ (one("input[data-pick-all]"));
  if (!whole) return;
  whole.checked = boxes.length > 0 && picked.length === boxes.length;
  whole.indeterminate = picked.length > 0 && !whole.checked;
};
// Boxes may be ticked from the beginning: what was refused, or what the browser remembered.
addEventListener("pageshow", bulk);
addEventListener("change", event => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement)) return;
  if (box.matches("[data-pick-all]")) {
    for (const each of /** @type {HTMLInputElement[]} */ (all("input[data-pick]"))) each.checked = box.checked;
  }
  if (box.matches("[data-pick], [data-pick-all]")) bulk();
  if (box.matches("[data-submits]")) box.form?.requestSubmit();
});
addEventListener("change", event => {
  if (event.target instanceof HTMLSelectElement && event.target.matches("[data-submits]")) event.target.form?.requestSubmit();
});

// --- keys ------------------------------------------------------------------------------------------------------------
/** The letter of a key, also while a Korean keyboard writes Hangul with it.
 * @param {KeyboardEvent} event */
const letter = event => /^[\u3131-\u318e]$/.test(event.key) && /^Key[A-Z]$/.test(event.code) && !event.shiftKey
  ? event.code.slice(3).toLowerCase() : event.key.length === 1 && (event.ctrlKey || event.metaKey) ? event.key.toLowerCase() : event.key;
addEventListener("keydown", event => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && letter(event) === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  // Out of the search box, back to the table's keys.
  if (event.key === "Escape" && event.target instanceof HTMLElement && event.target.matches("[data-search]")) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || one("dialog[open]")) return;
  const row = rows()[here()];
  switch (letter(event)) {
    case "j": stand(here() + 1); break;
    case "k": stand(here() - 1); break;
    case "x": {
      const box = /** @type {HTMLInputElement | null} */ (row?.querySelector("input[data-pick]") ?? null);
      if (!box) return;
      box.checked = !box.checked;
      bulk();
      break;
    }
    case "Enter": {
      const link = /** @type {HTMLAnchorElement | null} */ (row?.querySelector("a.row-link") ?? null);
      const onPick = event.target instanceof HTMLInputElement && event.target.matches("[data-pick]");
      // In a box it would send the box's form, unseen: what is picked is asked about instead.
      if (onPick && all("input[data-pick]:checked").length) one("[data-bulk] summary")?.click();
      else if (link && (onPick || event.target === page.body || event.target === link)) link.click();
      else if (!onPick) return;
      break;
    }
    case "/": {
      const search = /** @type {HTMLInputElement | null} */ (one("[data-search]"));
      if (!search) { openPalette(); break; }
      search.focus();
      search.select();
      break;
    }
    case "?": openPalette(); break;
    default: {
      // A choice with a key of its own, as the page shows it beside the choice.
      const choice = all("[data-key]").find(each => each.dataset.key === event.key);
      if (!choice || event.shiftKey) return;
      choice.focus();
      choice.click();
    }
  }
  event.preventDefault();
});

// --- confirmations ---------------------------------------------------------------------------------------------------
/** @param {HTMLDetailsElement} fold */
const ask = fold => {
  const card = one(".confirm-card", fold);
  if (!card) return;
  const dialog = page.createElement("dialog");
  dialog.className = "confirm-dialog";
  const title = card.getAttribute("aria-labelledby");
  if (title) dialog.setAttribute("aria-labelledby", title);
  dialog.append(card);
  page.body.append(dialog);
  fold.open = false;
  dialog.addEventListener("close", () => {
    fold.append(card);
    dialog.remove();
    one("summary", fold)?.focus();
  });
  dialog.showModal();
  // What was refused comes first, wherever it stands.
  const first = one("[aria-invalid=true]", card) ?? one("textarea, select, input:not([type=hidden])", card);
  (first ?? one("button", card))?.focus();
};
addEventListener("click", event => {
  const target = /** @type {Element} */ (event.target);
  const summary = target.closest?.("details[data-confirm] > summary");
  if (summary) {
    event.preventDefault();
    ask(/** @type {HTMLDetailsElement} */ (summary.parentElement));
  }
  if (target.closest?.("[data-confirm-close]")) target.closest("dialog")?.close();
});
for (const fold of /** @type {HTMLDetailsElement[]} */ (all("details[data-confirm][open]"))) ask(fold);

// --- forms -----------------------------------------------------------------------------------------------------------
// One press is one post: a second one before the answer comes is swallowed.
addEventListener("submit", event => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  // A file is answered beside the page, which stays: its dialog is done, and may be asked again.
  if (new URL(form.action).pathname.startsWith("/desk/file/")) {
    setTimeout(() => {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      form.closest("dialog")?.close();
    }, 1500);
  }
});
addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) { delete form.dataset.sent; form.removeAttribute("aria-busy"); }
});
// A button to be held for what is large: the press must last.
/** @type {number | undefined} */
let holding;
const HELD_MS = 900;
/** @param {Event} event */
const hold = event => {
  const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest?.("button[data-hold]"));
  if (!button || (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  if (holding) return;
  button.dataset.holding = "";
  holding = setTimeout(() => { button.form?.requestSubmit(); letGo(); }, HELD_MS);
};
const letGo = () => {
  clearTimeout(holding);
  holding = undefined;
  for (const button of all("[data-holding]")) delete button.dataset.holding;
};
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, hold, true);
for (const kind of ["pointerup", "pointercancel", "keyup", "blur"]) addEventListener(kind, letGo);
addEventListener("click", event => {
  if (/** @type {Element} */ (event.target).closest?.("button[data-hold]")) event.preventDefault();
});

// A form whose result is looked at while it is typed: the server draws it, we put it there.
/** @type {Map<HTMLFormElement, number>} */
const previews = new Map();
addEventListener("input", event => {
  const form = /** @type {Element} */ (event.target).closest?.("form[data-preview]");
  if (!(form instanceof HTMLFormElement)) return;
  clearTimeout(previews.get(form));
  previews.set(form, setTimeout(async () => {
    const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const answer = await fetch(String(form.dataset.preview), {
      method: "POST", body: fields, headers: { accept: "text/html" },
    }).catch(() => null);
    const place = one(String(form.dataset.previewTarget));
    if (answer?.ok && place) place.innerHTML = new DOMParser().parseFromString(await answer.text(), "text/html").body.innerHTML;
  }, 300));
});

// --- what was shown for a moment -------------------------------------------------------------------------------------
for (const shownNow of all("[data-vanish]")) {
  let left = Number(shownNow.dataset.vanish);
  const count = one("[data-left]", shownNow);
  const tick = setInterval(() => {
    left -= 1;
    if (count) count.textContent = String(left);
    if (left > 0) return;
    clearInterval(tick);
    shownNow.remove();
  }, 1000);
}
// Not from the browser's memory of the page either.
addEventListener("pagehide", () => { for (const shownNow of all("[data-vanish]")) shownNow.remove(); });

// --- times and live counts -------------------------------------------------------------------------------------------
const lang = page.documentElement.lang === "en" ? "en" : "ko";
const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
const tellTimes = () => {
  for (const time of /** @type {HTMLTimeElement[]} */ (all("time[data-ago]"))) {
    const minutes = Math.round((new Date(time.dateTime).getTime() - Date.now()) / 60000);
    const size = Math.abs(minutes);
    // What is this young says so in the page's own words.
    if (size === 0) continue;
    const text = size < 60 ? relative.format(minutes, "minute")
      : size < 1440 ? relative.format(Math.round(minutes / 60), "hour")
      : relative.format(Math.round(minutes / 1440), "day");
    if (time.firstChild) time.firstChild.textContent = text;
  }
};
setInterval(tellTimes, 30000);

/** @param {Record<string, number>} counts */
const tellCounts = counts => {
  for (const badge of all("[data-count]")) {
    const count = counts[String(badge.dataset.count)] ?? 0;
    badge.hidden = count === 0;
    badge.textContent = count > 999 ? "999+" : String(count);
  }
};
/** Where a control is in its region, so that the same one is found once the region is drawn anew.
 * @param {Element} region @param {Element | null} control */
const place = (region, control) => {
  if (!control) return null;
  const href = control.getAttribute("href");
  const selector = href ? `a[href=${JSON.stringify(href)}]` : control.tagName.toLowerCase();
  return { selector, at: [...region.querySelectorAll(selector)].indexOf(control) };
};
/** Is somebody in the middle of what lives: in a dialog, typing, picking? */
const inTheMiddle = () => one("dialog[open]") || all("input[data-pick]:checked").length > 0 ||
  (isTyping(page.activeElement) && page.activeElement?.closest("[data-live]"));
// What came while somebody was in the middle is fetched when they are through.
let missed = false;
// A region that lives is fetched anew with its whole page and put in place, unless somebody is in the middle of it.
const renew = async () => {
  const regions = all("[data-live]").filter(region => region.id);
  if (!regions.length) return;
  missed = Boolean(inTheMiddle());
  if (missed) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html", "x-desk-live": "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Asked again: a dialog that was opened while the page was on its way would be gone from under its reader.
  missed = Boolean(inTheMiddle());
  if (missed) return;
  // The keyboard stays on the row it stood on, wherever that row is now, and with it the focus.
  const stood = rows()[here()]?.querySelector("a.row-link")?.getAttribute("href");
  const focused = page.activeElement;
  for (const region of regions) {
    const next = fresh.getElementById(region.id);
    if (!next || next.innerHTML === region.innerHTML) continue;
    const held = focused !== page.body && region.contains(focused) ? place(region, focused) : null;
    region.innerHTML = next.innerHTML;
    if (held) (all(held.selector, region)[held.at] ?? region.querySelector("a, button, summary"))?.focus({ preventScroll: true });
  }
  const row = stood ? rows().find(each => each.querySelector("a.row-link")?.getAttribute("href") === stood) : undefined;
  row?.toggleAttribute("data-here", true);
  tellTimes();
};
if (one("[data-count]")) {
  let last = "";
  setInterval(() => { if (missed && !inTheMiddle()) void renew(); }, 1000);
  /** @type {EventSource | undefined} */
  let stream;
  // Only while somebody looks: a browser keeps six connections to a place, and tabs in the back would hold them all.
  const listen = () => {
    if (page.hidden) { stream?.close(); stream = undefined; return; }
    if (stream) return;
    stream = new EventSource("/desk/events");
    stream.addEventListener("counts", event => {
      const told = JSON.parse(/** @type {MessageEvent} */ (event).data);
      tellCounts(told.counts ?? {});
      if (last && last !== told.mark) void renew();
      last = told.mark ?? "";
    });
    // The session ended, here or elsewhere: the page says so instead of looking alive.
    stream.addEventListener("ended", () => { stream?.close(); location.reload(); });
  };
  page.addEventListener("visibilitychange", listen);
  listen();
}
