/** Why there are no staff pages yet. */
export type Unready =
  { state: 'building' } | { state: 'failed'; at: string; reason: string } | { state: 'missing' };

/** After this many seconds the browser asks again. */
export const RETRY_AFTER_SECONDS = 5;

/** The page that staff see until the app is there. It needs nothing from elsewhere. */
export function waitingPage(unready: Unready): string {
  const { title, body } = content(unready);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: 100%; max-width: 44rem; padding: 2rem; }
h1 { font-size: 1.4rem; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid; border-radius: 6px; font-size: 0.85rem; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

function content(unready: Unready): { title: string; body: string } {
  switch (unready.state) {
    case 'building':
      return {
        title: 'The staff pages are being built',
        body: '<p>This takes 1 to 3 minutes and happens once. This page reloads by itself. The shop is open meanwhile.</p>',
      };
    case 'failed':
      return {
        title: 'The staff pages could not be built',
        body: `<p>The shop is open, but staff cannot work with it yet. The last attempt ended at ${escapeHtml(unready.at)} with:</p>
<pre>${escapeHtml(unready.reason)}</pre>
<p>Mend this and run <code>npm run build:admin-ui</code>. This page reloads by itself.</p>`,
      };
    case 'missing':
      return {
        title: 'The staff pages are not built',
        body: '<p>Run <code>npm run build:admin-ui</code>, or start the shop by <code>npm start</code>, which does it. This page reloads by itself.</p>',
      };
  }
}

export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, character => names[character] ?? character);
}
