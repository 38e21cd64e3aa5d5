import { ENVELOPE } from '../constants';
import { mailTexts, type MailTexts } from '../translations';
import type { MailEnvelope, MailPluginOptions } from '../types';
import { chooseLanguage } from './languages';

/** What every template may read: the shop, and the words of the parts that all mails share. */
export interface LayoutVars {
  fromAddress: string;
  layout: { language: string; shopName: string; storefrontUrl: string; texts: MailTexts };
  [ENVELOPE]: MailEnvelope;
}

export function layoutVars(options: MailPluginOptions, envelope: MailEnvelope): LayoutVars {
  const language = chooseLanguage(envelope.languageCode);
  return {
    fromAddress: options.from,
    layout: {
      language,
      shopName: options.shopName,
      storefrontUrl: options.storefrontUrl,
      texts: mailTexts[language],
    },
    [ENVELOPE]: { ...envelope, languageCode: language },
  };
}
