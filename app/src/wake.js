((module, wasm) => {
  const islands = document.querySelectorAll("leptos-island");
  if (!islands.length) return;
  const signs = ["pointerdown", "keydown", "focusin", "input"];
  const touched = (control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (!control.options) return control.value !== control.defaultValue;
    return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  };
  let begun = false;
  const wake = async () => {
    if (begun) return;
    begun = true;
    for (const sign of signs) removeEventListener(sign, wake, true);
    const built = await import(module);
    await built.default({ module_or_path: wasm });
    built.hydrate();
    for (const island of islands) {
      await new Promise((next) => setTimeout(next));
      const kept = [...island.querySelectorAll("input, select, textarea")]
        .filter(touched)
        .map((control) => [control, control.value, control.checked]);
      island.parentElement.closest("leptos-children")?.$$on_hydrate?.();
      await built[island.dataset.component](island);
      for (const [control, value, checked] of kept) {
        if (control.value !== value) control.value = value;
        if (control.checked !== checked) control.checked = checked;
        if (control.type === "radio" && !checked) continue;
        for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    }
    document.documentElement.dataset.awake = "";
  };
  for (const sign of signs) addEventListener(sign, wake, true);
  const calm = () => ("requestIdleCallback" in window ? requestIdleCallback(wake, { timeout: 2000 }) : setTimeout(wake));
  if (document.readyState === "complete") calm();
  else addEventListener("load", calm, { once: true });
})
