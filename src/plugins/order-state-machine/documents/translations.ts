import type { MailLanguage } from '../../mail';

export type PackingListLanguage = MailLanguage;

interface PackingListTexts {
  title: string;
  order: string;
  placed: string;
  location: string;
  shipping: string;
  shipTo: string;
  sku: string;
  name: string;
  quantity: string;
  units(count: number): string;
  page(number: number, of: number): string;
}

/** The words on a packing list, which the warehouse reads: in the channel's language. */
export const packingListTexts: Record<PackingListLanguage, PackingListTexts> = {
  en: {
    title: 'Packing list',
    order: 'Order',
    placed: 'Placed on',
    location: 'Stock location',
    shipping: 'Delivery',
    shipTo: 'Ship to',
    sku: 'SKU',
    name: 'Article',
    quantity: 'Units',
    units: count => (count === 1 ? '1 unit' : `${count} units`),
    page: (number, of) => `Page ${number} of ${of}`,
  },
  de: {
    title: 'Packliste',
    order: 'Bestellung',
    placed: 'Bestellt am',
    location: 'Lagerort',
    shipping: 'Versandart',
    shipTo: 'Lieferadresse',
    sku: 'Art.-Nr.',
    name: 'Artikel',
    quantity: 'Menge',
    units: count => `${count} Stück`,
    page: (number, of) => `Seite ${number} von ${of}`,
  },
};
