import type { MailLanguage } from '../../mail';

/** The words of the mails about an order. */
export interface OrderMailTexts {
  greeting(name: string | null): string;
  orderCode: string;
  orderDate: string;
  viewOrder: string;
  items: string;
  quantity(count: number): string;
  subTotal: string;
  shipping(method: string): string;
  total: string;
  taxIncluded: string;
  shippingAddress: string;
  shippingMethod: string;
  trackingNumber: string;
  track: string;
  confirmed: {
    subject(code: string): string;
    title: string;
    preheader: string;
    text: string;
    authorized(amount: string): string;
  };
  shipped: {
    subject(code: string): string;
    title: string;
    text: string;
    parcel(number: number, of: number): string;
    outstanding: string;
    outstandingText: string;
  };
  delivered: { subject(code: string): string; title: string; text: string; help: string };
  feedback: { subject(code: string): string; title: string; text: string; link: string; once: string };
  cancelled: { subject(code: string): string; title: string; text: string; money: string };
}

export const orderMailTexts: Record<MailLanguage, OrderMailTexts> = {
  en: {
    greeting: name => (name === null ? 'Hello,' : `Hello ${name},`),
    orderCode: 'Order number',
    orderDate: 'Order date',
    viewOrder: 'View your order',
    items: 'Your order',
    quantity: count => `Quantity: ${count}`,
    subTotal: 'Items',
    shipping: method => `Shipping (${method})`,
    total: 'Total',
    taxIncluded: 'including tax',
    shippingAddress: 'Delivery address',
    shippingMethod: 'Delivery',
    trackingNumber: 'Tracking number',
    track: 'Track your parcel',
    confirmed: {
      subject: code => `Order confirmation for #${code}`,
      title: 'Thank you for your order!',
      preheader: 'We have received your order and are getting it ready.',
      text: 'We have received your order and are getting it ready. We will write to you again when it is on its way.',
      authorized: amount =>
        `Your payment of ${amount} is authorized. The money is taken when your order is on its way.`,
    },
    shipped: {
      subject: code => `Your order #${code} is on its way`,
      title: 'Your order is on its way',
      text: 'We have handed your order over to the carrier.',
      parcel: (number, of) => (of === 1 ? 'In this parcel' : `Parcel ${number} of ${of}`),
      outstanding: 'Still to come',
      outstandingText: 'These items follow in another parcel. We will write to you when it leaves.',
    },
    delivered: {
      subject: code => `Your order #${code} has arrived`,
      title: 'Your order has arrived',
      text: 'Your order has been delivered. We hope that you enjoy it!',
      help: 'Something is missing or damaged? Please contact us through the shop, and we will put it right.',
    },
    feedback: {
      subject: code => `How do you like your order #${code}?`,
      title: 'How do you like it?',
      text: 'You have had your order for a few days. Your opinion helps others to choose, and us to do better.',
      link: 'Tell us what you think',
      once: 'We ask only once for each order.',
    },
    cancelled: {
      subject: code => `Your order #${code} is cancelled`,
      title: 'Your order is cancelled',
      text: 'This order has been cancelled and will not be sent.',
      money: 'What you have already paid is given back to you the way you paid it.',
    },
  },
  de: {
    greeting: name => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
    orderCode: 'Bestellnummer',
    orderDate: 'Bestelldatum',
    viewOrder: 'Bestellung ansehen',
    items: 'Ihre Bestellung',
    quantity: count => `Menge: ${count}`,
    subTotal: 'Artikel',
    shipping: method => `Versand (${method})`,
    total: 'Gesamt',
    taxIncluded: 'darin enthaltene Steuer',
    shippingAddress: 'Lieferadresse',
    shippingMethod: 'Versandart',
    trackingNumber: 'Sendungsnummer',
    track: 'Sendung verfolgen',
    confirmed: {
      subject: code => `Bestellbestätigung #${code}`,
      title: 'Vielen Dank für Ihre Bestellung!',
      preheader: 'Ihre Bestellung ist bei uns eingegangen und wird vorbereitet.',
      text: 'Ihre Bestellung ist bei uns eingegangen und wird vorbereitet. Sobald sie unterwegs ist, schreiben wir Ihnen wieder.',
      authorized: amount =>
        `Ihre Zahlung über ${amount} ist autorisiert. Der Betrag wird eingezogen, wenn Ihre Bestellung unterwegs ist.`,
    },
    shipped: {
      subject: code => `Ihre Bestellung #${code} ist unterwegs`,
      title: 'Ihre Bestellung ist unterwegs',
      text: 'Wir haben Ihre Bestellung dem Versanddienst übergeben.',
      parcel: (number, of) => (of === 1 ? 'In diesem Paket' : `Paket ${number} von ${of}`),
      outstanding: 'Folgt noch',
      outstandingText:
        'Diese Artikel kommen in einem weiteren Paket. Wir schreiben Ihnen, wenn es unterwegs ist.',
    },
    delivered: {
      subject: code => `Ihre Bestellung #${code} ist angekommen`,
      title: 'Ihre Bestellung ist angekommen',
      text: 'Ihre Bestellung wurde zugestellt. Wir wünschen Ihnen viel Freude damit!',
      help: 'Es fehlt etwas oder ist beschädigt? Melden Sie sich bitte über den Shop bei uns, wir kümmern uns darum.',
    },
    feedback: {
      subject: code => `Wie gefällt Ihnen Ihre Bestellung #${code}?`,
      title: 'Wie gefällt sie Ihnen?',
      text: 'Seit ein paar Tagen haben Sie Ihre Bestellung. Ihre Meinung hilft anderen beim Aussuchen und uns, besser zu werden.',
      link: 'Sagen Sie Ihre Meinung',
      once: 'Wir fragen nur einmal für jede Bestellung.',
    },
    cancelled: {
      subject: code => `Ihre Bestellung #${code} ist storniert`,
      title: 'Ihre Bestellung ist storniert',
      text: 'Diese Bestellung wurde storniert und wird nicht versendet.',
      money: 'Was Sie bereits bezahlt haben, erhalten Sie auf demselben Weg zurück.',
    },
  },
};
