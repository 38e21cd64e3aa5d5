import { HandlebarsMjmlGenerator } from '@vendure/email-plugin';
import { ENVELOPE } from '../constants';
import { textPart } from '../rules/text-part';
import type { MailEnvelope } from '../types';

/** What the platform's generator makes of a template, and what the sender needs besides. */
export interface GeneratedMail {
  from: string;
  subject: string;
  body: string;
  text: string;
  envelope: MailEnvelope;
}

/**
 * Renders the templates as the platform does and adds the text part. The e-mail plugin passes on to the sender whatever
 * the generator returns: that is how a Message-ID, given among the template's variables, gets there.
 */
export class MailGenerator extends HandlebarsMjmlGenerator {
  override async generate(
    from: string,
    subject: string,
    template: string,
    templateVars: Record<string, unknown>,
  ): Promise<GeneratedMail> {
    const generated = await super.generate(from, subject, template, templateVars);
    return {
      ...generated,
      text: textPart(generated.body),
      envelope: (templateVars[ENVELOPE] as MailEnvelope | undefined) ?? { languageCode: 'en' },
    };
  }
}
