/** The languages in which this shop has its mails. The first stands in for all others. */
export const MAIL_LANGUAGES = ['en', 'de'] as const;

export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/**
 * The first of the wishes in which there are texts: `de_AT` is served in German. English if there is none.
 *
 * @param wishes language codes, the dearest first; what is not known is undefined
 */
export function chooseLanguage(...wishes: ReadonlyArray<string | null | undefined>): MailLanguage {
  for (const wish of wishes) {
    const base = wish?.split(/[_-]/)[0]?.toLowerCase();
    const found = MAIL_LANGUAGES.find(language => language === base);
    if (found !== undefined) return found;
  }
  return MAIL_LANGUAGES[0];
}
