import type { INestApplicationContext } from '@nestjs/common';
import {
  ChannelService,
  ConfigService,
  Country,
  CountryService,
  CurrencyCode,
  LanguageCode,
  PaymentMethod,
  PaymentMethodService,
  Promotion,
  PromotionService,
  Role,
  RoleService,
  ShippingMethod,
  ShippingMethodService,
  StockLocation,
  StockLocationService,
  TaxCategory,
  TaxCategoryService,
  TaxRate,
  TaxRateService,
  TransactionalConnection,
  Zone,
  ZoneService,
  defaultShippingCalculator,
  defaultShippingEligibilityChecker,
  isGraphQlErrorResult,
  manualFulfillmentHandler,
  orderPercentageDiscount,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DAY_MS, HISTORY_DAYS } from '../orders/calendar';
import {
  COUPONS,
  DEFAULT_ZONE,
  PAYMENT_METHODS,
  ROLES,
  SHIPPING_METHODS,
  TAX_CATEGORIES,
  WAREHOUSES,
  type TaxCategoryKey,
  type Warehouse,
} from './settings';

/** Ids and figures of the base data that the bulk loader writes into rows. */
export interface BaseData {
  channelId: ID;
  taxZoneId: ID;
  pricesIncludeTax: boolean;
  currencyCode: string;
  languageCode: string;
  /** With the rate in the default zone, in percent. */
  tax: Record<TaxCategoryKey, { categoryId: ID; rate: number; rateName: string }>;
  shipping: Record<
    keyof typeof SHIPPING_METHODS,
    { id: ID; listPrice: number; taxRate: number; name: string }
  >;
  welcome: { promotionId: ID; percent: number; name: string; code: string };
  warehouses: Record<Warehouse, ID>;
  customerRoleId: ID;
  /** By ISO code. */
  countries: ReadonlyMap<string, { id: ID; name: string }>;
}

const countryList = z.object({
  countries: z.array(z.object({ code: z.string().length(2), name: z.string(), zone: z.string() })),
});

/**
 * Makes the channel's settings, countries, taxes, shipping, payment, coupons, warehouses and roles with the
 * platform's own services, in one transaction. (Its `Populator` makes a context of its own for each call and
 * cannot take part in one: killed half-way it leaves a shop that it cannot complete.) What is there already, by
 * code or name, is used as it is.
 *
 * @param end end of the history, epoch ms: the coupons' dates follow from it
 */
export async function ensureBaseData(
  app: INestApplicationContext,
  ctx: RequestContext,
  end: number,
): Promise<BaseData> {
  return app.get(TransactionalConnection).withTransaction(ctx, async transaction => {
    const base = new BaseDataWriter(app, transaction);
    const zones = await base.ensureCountries();
    const tax = await base.ensureTaxes(zones);
    const zone = found(zones.get(DEFAULT_ZONE), `zone "${DEFAULT_ZONE}"`);
    await base.setChannelDefaults(zone);
    const shipping = {
      standard: await base.ensureShippingMethod('standard', tax.standard.rate),
      express: await base.ensureShippingMethod('express', tax.standard.rate),
    };
    for (const method of PAYMENT_METHODS) await base.ensurePaymentMethod(method);
    const begin = end - (HISTORY_DAYS + 30) * DAY_MS;
    const welcome = await base.ensureCoupon(COUPONS.welcome, begin);
    await base.ensureCoupon(COUPONS.expired, begin, end - 60 * DAY_MS);
    const warehouses = await base.ensureWarehouses();
    await base.ensureRoles();
    const { pricesIncludeTax } = transaction.channel;
    return {
      channelId: transaction.channelId,
      taxZoneId: zone.id,
      pricesIncludeTax,
      currencyCode: CurrencyCode.USD,
      languageCode: LanguageCode.en,
      tax,
      shipping,
      welcome: {
        promotionId: welcome,
        percent: COUPONS.welcome.percent,
        name: COUPONS.welcome.name,
        code: COUPONS.welcome.code,
      },
      warehouses,
      customerRoleId: (await app.get(RoleService).getCustomerRole(transaction)).id,
      countries: await base.countries(),
    };
  });
}

/** The hash of a password as this shop's accounts keep it, whatever its strategy is. */
export function hashPassword(app: INestApplicationContext, password: string): Promise<string> {
  return app.get(ConfigService).authOptions.passwordHashingStrategy.hash(password);
}

class BaseDataWriter {
  private readonly connection: TransactionalConnection;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly ctx: RequestContext,
  ) {
    this.connection = app.get(TransactionalConnection);
  }

  async ensureCountries(): Promise<Map<string, Zone>> {
    const file = require.resolve('@vendure/create/assets/initial-data.json');
    const { countries } = countryList.parse(JSON.parse(readFileSync(file, 'utf8')));
    const existing = await this.connection.getRepository(this.ctx, Country).find();
    const idOf = new Map(existing.map(country => [country.code, country.id]));
    const members = new Map<string, ID[]>();
    for (const { code, name, zone } of countries) {
      let id = idOf.get(code);
      if (id === undefined) {
        const translations = [{ languageCode: LanguageCode.en, name }];
        const country = await this.app
          .get(CountryService)
          .create(this.ctx, { code, enabled: true, translations });
        id = country.id;
      }
      members.set(zone, [...(members.get(zone) ?? []), id]);
    }
    const zones = await this.connection.getRepository(this.ctx, Zone).find();
    const byName = new Map(zones.map(zone => [zone.name, zone]));
    const service = this.app.get(ZoneService);
    for (const [name, memberIds] of members) {
      const zone = byName.get(name) ?? (await service.create(this.ctx, { name }));
      byName.set(name, zone);
      await service.addMembersToZone(this.ctx, { zoneId: zone.id, memberIds });
    }
    return byName;
  }

  async ensureTaxes(zones: ReadonlyMap<string, Zone>): Promise<BaseData['tax']> {
    return {
      standard: await this.ensureTax('standard', zones),
      reduced: await this.ensureTax('reduced', zones),
      zero: await this.ensureTax('zero', zones),
    };
  }

  private async ensureTax(
    key: TaxCategoryKey,
    zones: ReadonlyMap<string, Zone>,
  ): Promise<BaseData['tax'][TaxCategoryKey]> {
    const { name, rates } = TAX_CATEGORIES[key];
    const category =
      (await this.connection.getRepository(this.ctx, TaxCategory).findOneBy({ name })) ??
      (await this.app.get(TaxCategoryService).create(this.ctx, { name, isDefault: key === 'standard' }));
    let inDefaultZone: TaxRate | undefined;
    for (const [zoneName, value] of Object.entries(rates)) {
      const zone = found(zones.get(zoneName), `zone "${zoneName}"`);
      const rate =
        (await this.connection
          .getRepository(this.ctx, TaxRate)
          .findOneBy({ category: { id: category.id }, zone: { id: zone.id } })) ??
        (await this.app.get(TaxRateService).create(this.ctx, {
          name: `${name} ${zoneName}`,
          value,
          enabled: true,
          categoryId: category.id,
          zoneId: zone.id,
        }));
      if (zoneName === DEFAULT_ZONE) inDefaultZone = rate;
    }
    const rate = found(inDefaultZone, `rate of "${name}" in the zone "${DEFAULT_ZONE}"`);
    return { categoryId: category.id, rate: rate.value, rateName: rate.name };
  }

  async setChannelDefaults(zone: Zone): Promise<void> {
    const { channel } = this.ctx;
    const result = await this.app.get(ChannelService).update(this.ctx, {
      id: channel.id,
      defaultLanguageCode: LanguageCode.en,
      defaultCurrencyCode: CurrencyCode.USD,
      defaultTaxZoneId: zone.id,
      defaultShippingZoneId: zone.id,
    });
    if (isGraphQlErrorResult(result)) throw new Error(`The channel was not updated: ${result.message}`);
  }

  async ensureShippingMethod(
    key: keyof typeof SHIPPING_METHODS,
    taxRate: number,
  ): Promise<BaseData['shipping'][typeof key]> {
    const { code, name, description, price } = SHIPPING_METHODS[key];
    const method =
      (await this.connection.getRepository(this.ctx, ShippingMethod).findOneBy({ code })) ??
      (await this.app.get(ShippingMethodService).create(this.ctx, {
        code,
        fulfillmentHandler: manualFulfillmentHandler.code,
        checker: {
          code: defaultShippingEligibilityChecker.code,
          arguments: [{ name: 'orderMinimum', value: '0' }],
        },
        calculator: {
          code: defaultShippingCalculator.code,
          arguments: [
            { name: 'rate', value: String(price) },
            { name: 'includesTax', value: 'auto' },
            { name: 'taxRate', value: String(taxRate) },
          ],
        },
        translations: [{ languageCode: LanguageCode.en, name, description }],
      }));
    return { id: method.id, listPrice: price, taxRate, name };
  }

  async ensurePaymentMethod(method: (typeof PAYMENT_METHODS)[number]): Promise<void> {
    const { code, name, description, handler } = method;
    // Stock Vendure is seeded too, for comparison, and has no routing.
    const { paymentMethodHandlers } = this.app.get(ConfigService).paymentOptions;
    if (!paymentMethodHandlers.some(known => known.code === handler)) return;
    if (await this.connection.getRepository(this.ctx, PaymentMethod).existsBy({ code })) return;
    await this.app.get(PaymentMethodService).create(this.ctx, {
      code,
      enabled: true,
      handler: { code: handler, arguments: method.arguments },
      translations: [{ languageCode: LanguageCode.en, name, description }],
    });
  }

  async ensureCoupon(
    coupon: (typeof COUPONS)[keyof typeof COUPONS],
    startsAt: number,
    endsAt?: number,
  ): Promise<ID> {
    const existing = await this.connection
      .getRepository(this.ctx, Promotion)
      .findOneBy({ couponCode: coupon.code });
    if (existing !== null) return existing.id;
    const result = await this.app.get(PromotionService).createPromotion(this.ctx, {
      enabled: true,
      couponCode: coupon.code,
      startsAt: new Date(startsAt),
      ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt) }),
      conditions: [],
      actions: [
        {
          code: orderPercentageDiscount.code,
          arguments: [{ name: 'discount', value: String(coupon.percent) }],
        },
      ],
      translations: [{ languageCode: LanguageCode.en, name: coupon.name, description: '' }],
    });
    if (isGraphQlErrorResult(result)) {
      throw new Error(`The coupon ${coupon.code} was not made: ${result.message}`);
    }
    return result.id;
  }

  /** The platform begins with one location: it becomes the first warehouse. */
  async ensureWarehouses(): Promise<BaseData['warehouses']> {
    const locations = await this.connection
      .getRepository(this.ctx, StockLocation)
      .find({ order: { id: 'ASC' } });
    const service = this.app.get(StockLocationService);
    const east =
      locations.find(location => location.name === WAREHOUSES.east.name) ??
      (locations[0] === undefined
        ? await service.create(this.ctx, WAREHOUSES.east)
        : await service.update(this.ctx, { id: locations[0].id, ...WAREHOUSES.east }));
    const west =
      locations.find(location => location.name === WAREHOUSES.west.name) ??
      (await service.create(this.ctx, WAREHOUSES.west));
    return { east: east.id, west: west.id };
  }

  async ensureRoles(): Promise<void> {
    for (const role of ROLES) {
      if (await this.connection.getRepository(this.ctx, Role).existsBy({ code: role.code })) continue;
      await this.app.get(RoleService).create(this.ctx, role);
    }
  }

  async countries(): Promise<BaseData['countries']> {
    const countries = await this.connection
      .getRepository(this.ctx, Country)
      .find({ relations: { translations: true } });
    return new Map(
      countries.map(({ id, code, translations }) => [code, { id, name: translations[0]?.name ?? code }]),
    );
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The shop's base data lack the ${what}.`);
  return value;
}
