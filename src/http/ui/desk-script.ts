/**
 * The script of desk pages that change by themselves; each works without it. The server says each figure in words, the
 * page puts them where they belong, and what changes more than figures is loaded anew.
 */
export const DESK_SCRIPT = `(() => {
  const live = document.querySelector("[data-live]");
  if (!live || !window.EventSource) return;
  const source = new EventSource(live.dataset.live);
  const show = (event) => {
    const told = JSON.parse(event.data);
    if (told.shape !== live.dataset.shape || event.type === "end") {
      source.close();
      location.reload();
      return;
    }
    for (const place of live.querySelectorAll("[data-field]")) {
      const text = told.fields[place.dataset.field];
      if (text === undefined) continue;
      if (place.tagName === "PROGRESS") place.value = text;
      else place.textContent = text;
      if (place.classList.contains("number")) place.parentElement.classList.toggle("zero", text === "0");
    }
  };
  source.addEventListener("progress", show);
  source.addEventListener("end", show);
  addEventListener("pagehide", () => source.close());
})();
`;
