import type { MailLanguage } from './rules/languages';

/** The words of the parts that all mails share, and of the mails about an account. */
export interface MailTexts {
  footer: { automatic: string; shop: string };
  verification: { subject: string; title: string; text: string; button: string; ignore: string };
  passwordReset: { subject: string; title: string; text: string; button: string; ignore: string };
  addressChange: { subject: string; title: string; text: string; button: string; ignore: string };
  linkBelow: string;
}

export const mailTexts: Record<MailLanguage, MailTexts> = {
  en: {
    footer: {
      automatic: 'This e-mail was sent automatically.',
      shop: 'To the shop',
    },
    linkBelow: 'If the button does not work, open this address in your browser:',
    verification: {
      subject: 'Please verify your email address',
      title: 'One click, and your account is ready',
      text: 'Thank you for creating an account. Please confirm that this address is yours.',
      button: 'Confirm the address',
      ignore: 'You did not create an account? Then you can ignore this e-mail.',
    },
    passwordReset: {
      subject: 'Forgotten password reset',
      title: 'Choose a new password',
      text: 'Somebody, we hope you, asked for a new password for your account.',
      button: 'Choose a password',
      ignore: 'You did not ask for it? Then you can ignore this e-mail: nothing has been changed.',
    },
    addressChange: {
      subject: 'Please verify your change of email address',
      title: 'Confirm your new address',
      text: 'You want to use this address for your account from now on. Please confirm that it is yours.',
      button: 'Confirm the address',
      ignore: 'You did not ask for it? Then you can ignore this e-mail: nothing has been changed.',
    },
  },
  de: {
    footer: {
      automatic: 'Diese E-Mail wurde automatisch versendet.',
      shop: 'Zum Shop',
    },
    linkBelow: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse im Browser:',
    verification: {
      subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
      title: 'Ein Klick, und Ihr Konto ist bereit',
      text: 'Danke, dass Sie ein Konto angelegt haben. Bitte bestätigen Sie, dass diese Adresse Ihre ist.',
      button: 'Adresse bestätigen',
      ignore: 'Sie haben kein Konto angelegt? Dann ignorieren Sie diese E-Mail einfach.',
    },
    passwordReset: {
      subject: 'Neues Passwort',
      title: 'Wählen Sie ein neues Passwort',
      text: 'Jemand, hoffentlich Sie, hat für Ihr Konto ein neues Passwort angefordert.',
      button: 'Passwort wählen',
      ignore: 'Das waren nicht Sie? Dann ignorieren Sie diese E-Mail: Es wurde nichts geändert.',
    },
    addressChange: {
      subject: 'Bitte bestätigen Sie Ihre neue E-Mail-Adresse',
      title: 'Bestätigen Sie Ihre neue Adresse',
      text: 'Sie möchten diese Adresse ab jetzt für Ihr Konto verwenden. Bitte bestätigen Sie, dass sie Ihre ist.',
      button: 'Adresse bestätigen',
      ignore: 'Das waren nicht Sie? Dann ignorieren Sie diese E-Mail: Es wurde nichts geändert.',
    },
  },
};
