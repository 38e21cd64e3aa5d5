import type { ShipmentLine } from '../types';
import { paginate, type MeasuredRow } from './packing-list-layout';
import { FONT, drawPdf, printable } from './pdf';
import { packingListTexts, type PackingListLanguage } from './translations';

/** A4. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 42;
const INNER = WIDTH - 2 * MARGIN;
const FOOT = 30;

const CELL_PADDING = 6;
const HEAD_ROW = 24;
const CHECKBOX = 12;
const COLUMNS = {
  check: { x: MARGIN, width: 30 },
  sku: { x: MARGIN + 30, width: 130 },
  name: { x: MARGIN + 160, width: INNER - 160 - 60 },
  quantity: { x: MARGIN + INNER - 60, width: 60 },
};

export interface PackingListDrawing {
  language: PackingListLanguage;
  shopName: string;
  orderCode: string;
  placedAt: Date | null;
  stockLocationName: string;
  shippingMethod: string | null;
  /** As it is written on the parcel. */
  address: readonly string[];
  lines: readonly ShipmentLine[];
  createdAt: Date;
}

/** What to take from one stock location for an order: rows with a box to tick, over as many pages as they need. */
export function packingListPdf(list: PackingListDrawing): Promise<Buffer> {
  const t = packingListTexts[list.language];
  const settings = {
    size: [WIDTH, HEIGHT] as [number, number],
    margin: MARGIN,
    title: `${t.title} ${list.orderCode}`,
    createdAt: list.createdAt,
  };
  return drawPdf(settings, pdf => {
    const bottom = HEIGHT - MARGIN - FOOT;
    const rows = list.lines.map(line => ({ row: line, height: rowHeight(pdf, line) }));
    const start = drawHead(pdf, list, t);
    const pages = paginate(rows, {
      firstPage: bottom - start - HEAD_ROW,
      otherPages: bottom - MARGIN - HEAD_ROW,
    });
    pages.forEach((page, index) => {
      if (index > 0) pdf.addPage();
      drawTable(pdf, page, index === 0 ? start : MARGIN, t);
    });
    const units = list.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    pages.forEach((_page, index) => {
      pdf.switchToPage(index);
      drawFoot(pdf, `${list.orderCode} · ${t.units(units)}`, t.page(index + 1, pages.length));
    });
  });
}

type Texts = (typeof packingListTexts)[PackingListLanguage];

/** @returns where the table begins */
function drawHead(pdf: PDFKit.PDFDocument, list: PackingListDrawing, t: Texts): number {
  pdf.font(FONT.regular).fontSize(10).fillColor('#555555').text(printable(list.shopName), MARGIN, MARGIN);
  pdf.font(FONT.bold).fontSize(20).fillColor('#000000').text(t.title, { width: INNER });
  pdf.moveDown(0.5);
  const top = pdf.y;
  const half = INNER / 2 - 10;
  const facts: Array<[string, string]> = [
    [t.order, list.orderCode],
    [t.placed, list.placedAt === null ? '-' : formatDate(list.placedAt, list.language)],
    [t.location, list.stockLocationName],
    [t.shipping, list.shippingMethod ?? '-'],
  ];
  for (const [label, value] of facts) {
    pdf.font(FONT.regular).fontSize(8).fillColor('#555555').text(label, MARGIN, pdf.y, { width: half });
    pdf.font(FONT.bold).fontSize(11).fillColor('#000000').text(printable(value), { width: half });
    pdf.moveDown(0.35);
  }
  const left = pdf.y;
  const x = MARGIN + INNER / 2 + 10;
  pdf.font(FONT.regular).fontSize(8).fillColor('#555555').text(t.shipTo, x, top, { width: half });
  pdf
    .fontSize(11)
    .fillColor('#000000')
    .text(list.address.map(printable).join('\n'), x, pdf.y, { width: half, height: 150, ellipsis: true });
  return Math.max(left, pdf.y) + 14;
}

function drawTable(
  pdf: PDFKit.PDFDocument,
  rows: ReadonlyArray<MeasuredRow<ShipmentLine>>,
  top: number,
  t: Texts,
): void {
  pdf.rect(MARGIN, top, INNER, HEAD_ROW).fill('#eeeeee');
  pdf.font(FONT.bold).fontSize(9).fillColor('#000000');
  const headY = top + 7;
  pdf.text(t.sku, COLUMNS.sku.x, headY, { width: COLUMNS.sku.width });
  pdf.text(t.name, COLUMNS.name.x, headY, { width: COLUMNS.name.width });
  pdf.text(t.quantity, COLUMNS.quantity.x, headY, {
    width: COLUMNS.quantity.width - CELL_PADDING,
    align: 'right',
  });
  let y = top + HEAD_ROW;
  for (const { row, height } of rows) {
    const textY = y + CELL_PADDING;
    pdf
      .rect(COLUMNS.check.x + CELL_PADDING, textY, CHECKBOX, CHECKBOX)
      .lineWidth(1)
      .stroke('#000000');
    pdf.font(FONT.regular).fontSize(10).fillColor('#000000');
    pdf.text(printable(row.sku), COLUMNS.sku.x, textY, { width: COLUMNS.sku.width - CELL_PADDING });
    pdf.text(printable(row.name), COLUMNS.name.x, textY, { width: COLUMNS.name.width - CELL_PADDING });
    pdf
      .font(FONT.bold)
      .fontSize(12)
      .text(String(row.quantity), COLUMNS.quantity.x, textY - 1, {
        width: COLUMNS.quantity.width - CELL_PADDING,
        align: 'right',
      });
    y += height;
    pdf
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + INNER, y)
      .lineWidth(0.5)
      .stroke('#bbbbbb');
  }
}

function drawFoot(pdf: PDFKit.PDFDocument, left: string, right: string): void {
  const y = HEIGHT - MARGIN - 12;
  const options = { width: INNER, lineBreak: false };
  pdf.font(FONT.regular).fontSize(8).fillColor('#555555');
  pdf.text(printable(left), MARGIN, y, options);
  pdf.text(right, MARGIN, y, { ...options, align: 'right' });
}

function rowHeight(pdf: PDFKit.PDFDocument, { sku, name }: ShipmentLine): number {
  pdf.font(FONT.regular).fontSize(10);
  const text = Math.max(
    pdf.heightOfString(printable(sku), { width: COLUMNS.sku.width - CELL_PADDING }),
    pdf.heightOfString(printable(name), { width: COLUMNS.name.width - CELL_PADDING }),
    CHECKBOX,
  );
  return text + 2 * CELL_PADDING;
}

function formatDate(date: Date, language: PackingListLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}
