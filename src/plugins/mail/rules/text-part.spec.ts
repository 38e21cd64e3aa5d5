import { textPart } from './text-part';

describe('textPart', () => {
  it('keeps words, links and rows, and leaves out pictures and the preview', () => {
    const text = textPart(`
      <div style="display:none;font-size:1px">A preview</div>
      <h1>Thank you &amp; welcome</h1>
      <p>Follow it <a href="https://shop.example/t?a=1&amp;b=2">here</a>.</p>
      <img src="https://shop.example/x.png" alt="A picture">
      <table><tr><td class="data"><table><tr><td>2 x Chair</td><td>€20.00</td></tr></table></td></tr></table>`);
    expect(text).toContain('Thank you & welcome');
    expect(text).toContain('here [https://shop.example/t?a=1&b=2]');
    expect(text).toMatch(/2 x Chair +€20\.00/);
    expect(text).not.toMatch(/preview|picture|x\.png/);
  });

  it('has no long runs of empty lines and ends with one', () => {
    const text = textPart('<table><tr><td>a</td></tr></table><br><br><br><br><p>b</p>');
    expect(text).not.toMatch(/\n{3}/);
    expect(text).toMatch(/b\n$/);
  });
});
