import { compile } from 'html-to-text';

const convert = compile({
  wordwrap: 78,
  selectors: [
    // What a client shows beside the subject would come twice, pictures say nothing here.
    { selector: 'div[style^="display:none"]', format: 'skip' },
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ...['h1', 'h2', 'h3'].map(selector => ({ selector, options: { uppercase: false } })),
    {
      selector: 'td.data > table',
      format: 'dataTable',
      options: { uppercaseHeaderCells: false, maxColumnWidth: 50 },
    },
  ],
});

/** The text part of a mail: for clients without HTML, for readers who want none, and for spam filters that miss it. */
export function textPart(html: string): string {
  return `${convert(html)
    .replace(/[\u00a0\u200a\u200c]/g, ' ')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
