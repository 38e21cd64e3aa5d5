import { PluginCommonModule, type Type, VendurePlugin } from '@vendure/core';
import type { Env } from '../../config/env';
import { MAIL_PLUGIN_OPTIONS } from './constants';
import { mailOptions } from './email-plugin';
import { MailService } from './services/mail.service';
import type { MailPluginOptions } from './types';

/**
 * Sends mails at once, through the platform's e-mail plugin (`emailPlugin`, which must be loaded too). See README.md.
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: '^3.7.0',
  providers: [MailService, { provide: MAIL_PLUGIN_OPTIONS, useFactory: () => MailPlugin.options }],
  exports: [MailService],
})
export class MailPlugin {
  /** @internal */
  static options: MailPluginOptions;

  static init(env: Env): Type<MailPlugin> {
    this.options = mailOptions(env);
    return MailPlugin;
  }
}
