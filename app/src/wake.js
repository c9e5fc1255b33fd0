((module, wasm) => {
  const islands = document.querySelectorAll("leptos-island");
  if (!islands.length) return;
  const signs = ["pointerdown", "keydown", "focusin", "input"];
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
      island.parentElement.closest("leptos-children")?.$$on_hydrate?.();
      await built[island.dataset.component](island);
    }
  };
  for (const sign of signs) addEventListener(sign, wake, true);
  const calm = () => ("requestIdleCallback" in window ? requestIdleCallback(wake, { timeout: 2000 }) : setTimeout(wake));
  if (document.readyState === "complete") calm();
  else addEventListener("load", calm, { once: true });
})
