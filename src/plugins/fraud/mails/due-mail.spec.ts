import { join } from 'node:path';
import { FileBasedTemplateLoader } from '@vendure/email-plugin';
import { projectRoot } from '../../../config/project-root';
import { MAIL_LANGUAGES, MailGenerator, layoutVars } from '../../mail';
import { dueMailTexts } from './due-mail-texts';
import { dueMailView } from './due-mail-view';

const loader = new FileBasedTemplateLoader(join(projectRoot(), 'static/email/templates'));
const shop = { shopName: 'Tradewind', storefrontUrl: 'https://shop.example', from: 'shop@shop.example' };

describe('the mail about a due case', () => {
  const generator = new MailGenerator();
  beforeAll(() => generator.onInit({ templateLoader: loader } as never));

  it.each(MAIL_LANGUAGES)('says in %s what is due and where', async language => {
    const source = await loader.loadTemplate(undefined as never, undefined as never, {
      type: 'fraud-case-due',
      templateName: 'body.hbs',
      templateVars: {},
    });
    const view = dueMailView(language, {
      code: 'ORD-1',
      amount: '12.50 EUR',
      score: 41.5,
      dueAt: new Date('2026-03-04T10:00:00Z'),
      link: 'https://shop.example/admin/extensions/fraud/cases/7',
    });
    const { body, text } = await generator.generate('{{{ fromAddress }}}', '-', source, {
      ...view,
      ...layoutVars(shop, { languageCode: language }),
    });
    for (const part of ['ORD-1', '12.50 EUR', '41.5 / 100', '2026-03-04 10:00 UTC', view.link]) {
      expect(text).toContain(part);
    }
    expect(body).not.toMatch(/undefined|\[object|<mj-/);
    expect(dueMailTexts[language].subject('ORD-1')).toContain('ORD-1');
  });
});
