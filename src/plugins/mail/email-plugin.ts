import { join } from 'node:path';
import type { RequestContext } from '@vendure/core';
import {
  EmailPlugin,
  FileBasedTemplateLoader,
  emailAddressChangeHandler,
  emailVerificationHandler,
  passwordResetHandler,
} from '@vendure/email-plugin';
import type { Env } from '../../config/env';
import { projectRoot } from '../../config/project-root';
import { MailGenerator } from './adapters/mail-generator';
import { MailSender } from './adapters/mail-sender';
import { chooseLanguage } from './rules/languages';
import { layoutVars } from './rules/layout-vars';
import { mailTexts } from './translations';
import type { MailPluginOptions } from './types';

const texts = (ctx: RequestContext) => mailTexts[chooseLanguage(ctx.languageCode)];

/** The mails about an account: sent by the platform's events, in the language of the request. */
const accountHandlers = [
  emailVerificationHandler.setSubject((_event, ctx) => texts(ctx).verification.subject),
  passwordResetHandler.setSubject((_event, ctx) => texts(ctx).passwordReset.subject),
  emailAddressChangeHandler.setSubject((_event, ctx) => texts(ctx).addressChange.subject),
];

/** Sends by SMTP when there is a server for it; else the e-mails are kept as files and shown at /mailbox. */
export function emailPlugin(env: Env) {
  const common = {
    handlers: accountHandlers,
    templateLoader: new FileBasedTemplateLoader(join(projectRoot(), 'static/email/templates')),
    emailGenerator: new MailGenerator(),
    emailSender: new MailSender(),
    globalTemplateVars: (ctx: RequestContext) =>
      Promise.resolve({
        ...layoutVars(mailOptions(env), { languageCode: ctx.languageCode }),
        verifyEmailAddressUrl: `${env.STOREFRONT_URL}/verify`,
        passwordResetUrl: `${env.STOREFRONT_URL}/password-reset`,
        changeEmailAddressUrl: `${env.STOREFRONT_URL}/verify-email-address-change`,
      }),
  };
  if (env.SMTP_URL === undefined) {
    return EmailPlugin.init({
      ...common,
      devMode: true,
      outputPath: join(env.DATA_DIR, 'mailbox'),
      route: 'mailbox',
    });
  }
  return EmailPlugin.init({ ...common, transport: smtpTransport(env.SMTP_URL) });
}

export function mailOptions(env: Env): MailPluginOptions {
  return { shopName: env.SHOP_NAME, storefrontUrl: env.STOREFRONT_URL, from: env.MAIL_FROM };
}

function smtpTransport(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  return {
    type: 'smtp' as const,
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  };
}
