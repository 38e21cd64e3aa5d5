import { escapeHtml, waitingPage } from './waiting-page';

describe('the page before the app', () => {
  it('reloads itself in every state', () => {
    for (const page of [
      waitingPage({ state: 'building' }),
      waitingPage({ state: 'missing' }),
      waitingPage({ state: 'failed', at: '2026-01-01', reason: 'x' }),
    ]) {
      expect(page).toMatch(/<meta http-equiv="refresh" content="\d+">/);
      expect(page).not.toMatch(/https?:\/\//);
    }
  });

  it('tells why the build failed, as text', () => {
    const page = waitingPage({ state: 'failed', at: '2026-01-01', reason: 'TS2304: <script>"foo"</script>' });
    expect(page).toContain('TS2304: &lt;script&gt;&quot;foo&quot;&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });

  it('escapes all that HTML reads', () => {
    expect(escapeHtml(`&<>"'a`)).toBe('&amp;&lt;&gt;&quot;&#39;a');
  });
});
