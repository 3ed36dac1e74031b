// Runs before the page is drawn, so that a dark page does not flash white first. A file, not an inline script: the content security policy forbids those.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('strata-color-scheme');
  } catch {
    // Storage is switched off: follow the system.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
