import { Inject, Injectable } from '@nestjs/common';
import {
  ConfigService,
  EntityHydrator,
  RequestContextService,
  TranslatorService,
  type LanguageCode,
  type Order,
  type OrderLine,
  type RequestContext,
} from '@vendure/core';
import { MailOutcomeUnknownError, MailRefusedError, MailService } from '../../../mail';
import { EffectNotNeededError, EffectOutcomeUnknownError, EffectRefusedError } from '../../errors';
import { orderLanguage } from '../../mails/order-language';
import { orderMailView, type OrderMailContext } from '../../mails/order-mail-view';
import type { OrderMailTexts } from '../../mails/translations';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS } from '../../constants';
import type { ResolvedOptions } from '../../rules/options';
import type { EffectResult, EffectRun } from '../../types';
import { OrderDocumentService } from '../documents/order-document.service';

/** Twice the size at which a mail shows it, for sharp screens; JPEG, since not every client knows newer formats. */
const IMAGE_QUERY = 'w=112&h=112&mode=crop&format=jpg';

export interface CustomerMail {
  template: 'order-confirmed' | 'order-shipped' | 'order-delivered' | 'order-feedback' | 'order-cancelled';
  subject(texts: OrderMailTexts, code: string): string;
  /** Tells two mails of one effect apart. */
  part?: string;
}

/** Writes to the customer of an order, in the order's language. */
@Injectable()
export class CustomerMailService {
  constructor(
    private readonly mail: MailService,
    private readonly documents: OrderDocumentService,
    private readonly hydrator: EntityHydrator,
    private readonly translator: TranslatorService,
    private readonly contexts: RequestContextService,
    private readonly config: ConfigService,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * @throws EffectNotNeededError when there is nobody to write to
   * @throws EffectRefusedError when the mail will never be taken
   * @throws EffectOutcomeUnknownError when it may have been sent
   */
  async send(ctx: RequestContext, order: Order, run: EffectRun, mail: CustomerMail): Promise<EffectResult> {
    const to = order.customer?.emailAddress?.trim() ?? '';
    if (to === '') throw new EffectNotNeededError('The order has no e-mail address.');
    const language = orderLanguage(order, ctx.channel);
    const view = orderMailView(order, await this.context(ctx, order, language, run.fulfillmentId));
    const part = mail.part === undefined ? '' : `-${mail.part}`;
    const messageId = `<order-${run.effectId}${part}@${this.mail.host}>`;
    try {
      await this.mail.send(
        ctx,
        {
          template: mail.template,
          to,
          languageCode: language as LanguageCode,
          subject: mail.subject(view.t, order.code),
          vars: view,
          messageId,
        },
        run.signal,
      );
    } catch (error) {
      if (error instanceof MailRefusedError) throw new EffectRefusedError(error.message);
      if (error instanceof MailOutcomeUnknownError) throw new EffectOutcomeUnknownError(error.message, error);
      throw error;
    }
    return { template: mail.template, language, messageId };
  }

  private async context(
    ctx: RequestContext,
    order: Order,
    language: OrderMailContext['language'],
    parcelId: string | null,
  ): Promise<OrderMailContext> {
    const inLanguage = await this.contexts.create({
      apiType: 'admin',
      channelOrToken: ctx.channel,
      languageCode: language as LanguageCode,
    });
    await this.hydrator.hydrate(inLanguage, order, {
      relations: [
        'surcharges',
        'lines.productVariant.product',
        'lines.featuredAsset',
        'shippingLines.shippingMethod',
      ],
    });
    const trackingUrls = await this.documents.trackingUrls(ctx, order.id);
    const { storefrontUrl, storefrontPaths } = this.options;
    const link = (path: string, values: Record<string, string>) =>
      storefrontUrl +
      path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''));
    return {
      language,
      parcelId,
      variantName: ({ productVariant }) => this.translator.translate(productVariant, inLanguage).name,
      methodName: ({ shippingMethod }) =>
        shippingMethod ? this.translator.translate(shippingMethod, inLanguage).name : '',
      image: line => this.image(ctx, line),
      productUrl: ({ productVariant: { product } }) =>
        link(storefrontPaths.product, { slug: this.translator.translate(product, inLanguage).slug }),
      // A guest has no account in which to see it.
      orderUrl: order.customer?.user ? link(storefrontPaths.order, { code: order.code }) : null,
      trackingUrl: number => trackingUrls.get(number) ?? null,
      moneyPrecision: this.config.entityOptions.moneyStrategy?.precision ?? 2,
    };
  }

  private image(ctx: RequestContext, { featuredAsset }: OrderLine): string | null {
    const preview = (featuredAsset as OrderLine['featuredAsset'] | null)?.preview;
    const storage = this.config.assetOptions.assetStorageStrategy;
    if (preview === undefined || storage.toAbsoluteUrl === undefined) return null;
    // A worker has no request; a storage that builds its URLs from one cannot be used in mails.
    const url = storage.toAbsoluteUrl(ctx.req as never, preview);
    return `${url}${url.includes('?') ? '&' : '?'}${IMAGE_QUERY}`;
  }
}
