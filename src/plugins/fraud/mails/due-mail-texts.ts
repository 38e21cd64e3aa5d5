import type { MailLanguage } from '../../mail';

/** The words of the mail about a case that is due. */
export interface DueMailTexts {
  subject(code: string): string;
  title: string;
  text(code: string): string;
  amount: string;
  score: string;
  noScore: string;
  dueAt: string;
  button: string;
}

export const dueMailTexts: Record<MailLanguage, DueMailTexts> = {
  en: {
    subject: code => `Fraud review of order ${code} is due`,
    title: 'A fraud review is due',
    text: code =>
      `The payment of order ${code} waits for a decision for longer than it should. Until then the order is held back.`,
    amount: 'Amount',
    score: 'Score',
    noScore: 'none',
    dueAt: 'Due since',
    button: 'Open the case',
  },
  de: {
    subject: code => `Betrugsprüfung der Bestellung ${code} ist fällig`,
    title: 'Eine Betrugsprüfung ist fällig',
    text: code =>
      `Die Zahlung der Bestellung ${code} wartet länger auf eine Entscheidung, als sie sollte. Bis dahin wird die Bestellung zurückgehalten.`,
    amount: 'Betrag',
    score: 'Wert',
    noScore: 'keiner',
    dueAt: 'Fällig seit',
    button: 'Fall öffnen',
  },
};
