// Before the first line is drawn: how this reader likes the page, kept on this device only.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  root.dataset.themeGiven = root.dataset.theme ?? "";
  try {
    const kept = JSON.parse(localStorage.getItem("reader") ?? "{}");
    for (const name of ["size", "face", "width", "leading", "large", "keys"]) {
      if (typeof kept[name] === "string") root.dataset[`reader${name[0].toUpperCase()}${name.slice(1)}`] = kept[name];
    }
    if (typeof kept.theme === "string" && kept.theme) root.dataset.theme = kept.theme;
  } catch {
    // Storage that is closed to us leaves the page as it came.
  }
})();
