import * as bwip from 'bwip-js';
import { spacedTrackingNumber } from '../adapters/tracking-number';
import type { LabelRequest } from '../types';
import { FONT, drawPdf, fittingSize, printable } from './pdf';
import { parcelAddressLines } from './postal-address';

/** 4 x 6 inch, as label printers have it. */
const WIDTH = 288;
const HEIGHT = 432;
const MARGIN = 14;
const INNER = WIDTH - 2 * MARGIN;

/** How much of the head is the carrier's name; the service has the rest. */
const NAME = INNER * 0.55;

const BARCODE_HEIGHT = 84;
/** Scanners need ten modules of white on each side. */
const QUIET_MODULES = 10;

export interface LabelDrawing {
  request: LabelRequest;
  carrierName: string;
  trackingNumber: string;
  createdAt: Date;
}

/** A shipping label: who sends it to whom, how, and the number as a Code 128 that scanners read. */
export function labelPdf({ request, carrierName, trackingNumber, createdAt }: LabelDrawing): Promise<Buffer> {
  const settings = {
    size: [WIDTH, HEIGHT] as [number, number],
    margin: MARGIN,
    title: `Label ${trackingNumber}`,
    createdAt,
  };
  return drawPdf(settings, pdf => {
    const line = (y: number) =>
      pdf
        .moveTo(MARGIN, y)
        .lineTo(WIDTH - MARGIN, y)
        .lineWidth(1.2)
        .stroke();
    const oneLine = { lineBreak: false, ellipsis: true, height: 14 };

    pdf
      .font(FONT.bold)
      .fontSize(12)
      .text(printable(carrierName), MARGIN, 14, { ...oneLine, width: NAME });
    pdf
      .font(FONT.regular)
      .fontSize(10)
      .text(printable(request.service ?? ''), MARGIN + NAME, 16, {
        ...oneLine,
        width: INNER - NAME,
        align: 'right',
      });
    line(36);

    pdf.fontSize(7).text('FROM', MARGIN, 42);
    pdf
      .fontSize(10)
      .text(printable(request.from.name), MARGIN, 52, { width: INNER, height: 28, ellipsis: true });
    line(84);

    pdf.fontSize(7).text('SHIP TO', MARGIN, 90);
    const address = parcelAddressLines(request.to).map(printable).join('\n');
    const box = { width: INNER, height: 150 };
    pdf.font(FONT.bold);
    pdf.fontSize(fittingSize(pdf, address, box, [16, 14, 12, 10, 8, 6]));
    pdf.text(address, MARGIN, 102, { ...box, ellipsis: true });
    pdf.font(FONT.regular).fontSize(8);
    if (request.to.phoneNumber !== undefined) {
      pdf.text(`Tel. ${printable(request.to.phoneNumber)}`, MARGIN, 256, { ...oneLine, width: INNER });
    }
    line(270);

    drawCode128(pdf, trackingNumber, { x: MARGIN, y: 280, width: INNER, height: BARCODE_HEIGHT });
    pdf
      .font(FONT.bold)
      .fontSize(12)
      .text(spacedTrackingNumber(trackingNumber), MARGIN, 280 + BARCODE_HEIGHT + 6, {
        width: INNER,
        align: 'center',
      });
    line(394);

    const units = request.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    pdf
      .font(FONT.regular)
      .fontSize(9)
      .text(printable(request.orderCode), MARGIN, 402, { ...oneLine, width: INNER / 2 })
      .text(`${units} ${units === 1 ? 'item' : 'items'}`, MARGIN + INNER / 2, 402, {
        ...oneLine,
        width: INNER / 2,
        align: 'right',
      });
  });
}

/** As rectangles, not as a picture: sharp at every printer's resolution. */
function drawCode128(
  pdf: PDFKit.PDFDocument,
  text: string,
  box: { x: number; y: number; width: number; height: number },
): void {
  const [symbol] = bwip.raw('code128', text, {});
  if (symbol === undefined || !('sbs' in symbol)) throw new Error('There is no bar code.');
  const modules = symbol.sbs.reduce((sum, width) => sum + width, 0) + 2 * QUIET_MODULES;
  const module = box.width / modules;
  let x = box.x + QUIET_MODULES * module;
  symbol.sbs.forEach((width, index) => {
    // Bars and spaces take turns, a bar first.
    if (index % 2 === 0) pdf.rect(x, box.y, width * module, box.height);
    x += width * module;
  });
  pdf.fill('#000000');
}
