import type { MailLanguage } from '../../mail';
import { dueMailTexts } from './due-mail-texts';

export interface DueFacts {
  readonly code: string;
  /** Main units, with the currency. */
  readonly amount: string;
  readonly score: number | null;
  readonly dueAt: Date;
  readonly link: string;
}

/** What the template reads. */
export function dueMailView(language: MailLanguage, { code, amount, score, dueAt, link }: DueFacts) {
  const texts = dueMailTexts[language];
  const due = dueAt.toISOString().slice(0, 16).replace('T', ' ');
  return {
    title: texts.title,
    text: texts.text(code),
    button: texts.button,
    link,
    facts: [
      { label: texts.amount, value: amount },
      { label: texts.score, value: score === null ? texts.noScore : `${score} / 100` },
      { label: texts.dueAt, value: `${due} UTC` },
    ],
  };
}
