/**
 * The one script of reader pages; every page works without it. It guesses the reader's time zone once, and takes the
 * reader to the first thing that is wrong in a form.
 */
export const SCRIPT = `(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const select of document.querySelectorAll("select[data-guess-zone]")) {
    const option = [...select.options].find((one) => one.value === zone);
    if (option) option.selected = true;
  }
  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
`;
