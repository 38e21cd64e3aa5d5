import { Inject, Injectable } from '@nestjs/common';
import {
  ConfigService,
  Logger,
  TransactionalConnection,
  type LanguageCode,
  type RequestContext,
} from '@vendure/core';
import { chooseLanguage, MailOutcomeUnknownError, MailRefusedError, MailService } from '../../../mail';
import { postWebhook } from '../../../order-state-machine';
import { FRAUD_PLUGIN_OPTIONS, loggerCtx } from '../../constants';
import { FraudCase } from '../../entities/fraud-case.entity';
import { dueMailTexts } from '../../mails/due-mail-texts';
import { dueMailView } from '../../mails/due-mail-view';
import type { FraudPluginOptions } from '../../options';
import { recipientKey } from './due-cases';
import { FraudSettingsService } from '../rules/settings.service';

/** Tells people and machines outside of a case that is due. Never in a transaction. */
@Injectable()
export class DueNotices {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly settings: FraudSettingsService,
    private readonly mail: MailService,
    private readonly config: ConfigService,
    @Inject(FRAUD_PLUGIN_OPTIONS) private readonly options: FraudPluginOptions,
  ) {}

  /** @param recipient see `recipientKey`: nobody, if the address was taken out of the settings meanwhile */
  async mailTo(ctx: RequestContext, caseId: string, recipient: string, signal: AbortSignal): Promise<void> {
    const one = await this.waiting(ctx, caseId);
    const { dueMails } = await this.settings.load();
    const to = dueMails.find(address => recipientKey(address) === recipient);
    if (one === null || to === undefined) return;
    const language = chooseLanguage(ctx.channel.defaultLanguageCode);
    const { orderCode: code, score, dueAt } = one;
    const vars = dueMailView(language, {
      code,
      score,
      dueAt,
      amount: this.amountOf(one),
      link: this.link(caseId),
    });
    const messageId = `<fraud-case-${caseId}-${recipient}@${this.mail.host}>`;
    const subject = dueMailTexts[language].subject(code);
    const request = { template: 'fraud-case-due', to: to.trim(), subject, vars, messageId };
    try {
      await this.mail.send(ctx, { ...request, languageCode: language as LanguageCode }, signal);
    } catch (error) {
      // Trying again would help nobody, or would send it twice.
      const final = error instanceof MailRefusedError || error instanceof MailOutcomeUnknownError;
      if (!final) throw error;
      Logger.warn(`The mail about fraud case ${caseId} was not taken: ${error.message}`, loggerCtx);
    }
  }

  async callWebhook(
    ctx: RequestContext,
    caseId: string,
    call: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<void> {
    const one = await this.waiting(ctx, caseId);
    const { dueWebhook: url } = await this.settings.load();
    if (one === null || url === null) return;
    const { webhookSecret: secret, unsignedWebhook = false, privateWebhook = false } = this.options;
    if (secret === undefined && !unsignedWebhook) {
      throw new Error('FRAUD_WEBHOOK_SECRET is not set: the webhook of due cases is not sent unsigned.');
    }
    const { orderId, orderCode, score, amount, currencyCode: currency, dueAt } = one;
    await postWebhook(
      { url, secret, publicOnly: !privateWebhook },
      {
        ...call,
        receiver: 'The receiver of due cases',
        body: {
          type: 'fraud_case_due',
          caseId,
          orderId: String(orderId),
          orderCode,
          score,
          amount,
          currency,
          dueAt: dueAt.toISOString(),
          link: this.link(caseId),
        },
      },
    );
  }

  /** Only a case that still waits is worth a word. */
  private waiting(ctx: RequestContext, caseId: string): Promise<FraudCase | null> {
    return this.connection.getRepository(ctx, FraudCase).findOne({ where: { id: caseId, status: 'open' } });
  }

  private link(caseId: string): string {
    return `${this.options.publicUrl}/admin/extensions/fraud/cases/${caseId}`;
  }

  private amountOf({ amount, currencyCode }: FraudCase): string {
    const precision = this.config.entityOptions.moneyStrategy?.precision ?? 2;
    return `${(amount / 10 ** precision).toFixed(precision)} ${currencyCode}`;
  }
}
