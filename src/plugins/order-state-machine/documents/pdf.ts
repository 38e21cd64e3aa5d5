import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** Fonts inside the document, since the standard ones know Western European letters only. */
const FONT_DIR = 'dejavu-fonts-ttf/ttf';
const resolveFont = createRequire(__filename).resolve;

export const FONT = { regular: 'regular', bold: 'bold' } as const;

export interface PdfSettings {
  /** Points: 1/72 inch. */
  size: [number, number];
  margin: number;
  title: string;
  /** In the document's properties, so that the same document has the same bytes again. */
  createdAt: Date;
}

/** Draws a document and gives its bytes. Pages are buffered: a foot may say how many there are. */
export async function drawPdf(
  settings: PdfSettings,
  draw: (pdf: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  const { size, margin, title, createdAt } = settings;
  const pdf = new PDFDocument({
    size,
    margin,
    bufferPages: true,
    info: { Title: title, Creator: 'Tradewind', Producer: 'Tradewind', CreationDate: createdAt },
  });
  pdf.registerFont(FONT.regular, resolveFont(`${FONT_DIR}/DejaVuSans.ttf`));
  pdf.registerFont(FONT.bold, resolveFont(`${FONT_DIR}/DejaVuSans-Bold.ttf`));
  pdf.font(FONT.regular);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.once('end', resolve);
    pdf.once('error', reject);
  });
  draw(pdf);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** What is not printed as such: control characters, and line breaks that a name or an address must not have. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}

/** The largest of the sizes at which the text fits into the box and no word is broken; the smallest if none does. */
export function fittingSize(
  pdf: PDFKit.PDFDocument,
  text: string,
  box: { width: number; height: number },
  sizes: readonly number[],
): number {
  const words = text.split(/\s+/);
  const fits = sizes.find(size => {
    pdf.fontSize(size);
    return (
      words.every(word => pdf.widthOfString(word) <= box.width) &&
      pdf.heightOfString(text, { width: box.width }) <= box.height
    );
  });
  return fits ?? sizes.at(-1) ?? 8;
}
