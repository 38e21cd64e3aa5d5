import { Injectable } from '@nestjs/common';
import { ChannelService, type Order, type RequestContext } from '@vendure/core';
import type { PaymentInstrument, RiskSubject } from '../../../payments';
import { ClientInfoService } from '../../../security';
import { DEVICE_HEADER } from '../../constants';
import { addressesDiffer, countryOf, normalizeAddress } from '../../engine/signals/address';
import { distanceToCountryKm } from '../../engine/signals/countries';
import { readDeviceHeader } from '../../engine/signals/device-header';
import { deviceSignals } from '../../engine/signals/device-signals';
import { emailSignals, mailboxOf } from '../../engine/signals/email';
import { ipFacts } from '../../engine/signals/ip';
import { keyOf, keysOf } from '../../engine/signals/keys';
import type { EntityKind, SignalValue, Signals } from '../../types';
import { within } from './within';
import { IpLocationService, type IpLocation } from './ip-location.service';

/** The file is read once; whoever comes meanwhile goes on without. */
const LOCATION_TIMEOUT_MS = 250;

export interface Gathered {
  readonly signals: Signals;
  readonly missing: readonly string[];
  readonly keys: Readonly<Partial<Record<EntityKind, string>>>;
}

/** What can be told of a payment before anything is asked of the database. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly clients: ClientInfoService,
    private readonly locations: IpLocationService,
    private readonly channels: ChannelService,
  ) {}

  /** What amounts are judged in. */
  async baseCurrency(ctx: RequestContext): Promise<string> {
    return (await this.channels.getDefaultChannel(ctx)).defaultCurrencyCode;
  }

  /** @param at the moment that the time zone is looked at */
  async gather(ctx: RequestContext, { order, method }: RiskSubject, at: number): Promise<Gathered> {
    const missing: string[] = [];
    const client = this.clients.of(ctx);
    const ip = ipFacts(client.ip);
    if (ip === undefined) missing.push('ip.address: there is no request, or its connection is closed');
    const location = await this.locate(ip === undefined || ip.isPrivate ? undefined : ip.address, missing);
    const headers = ctx.req?.headers ?? {};
    // The request of a storefront's server has that server's hints and language.
    const own = client.source === 'storefront' ? {} : headers;
    const device = deviceSignals({
      device: readDeviceHeader(headers[DEVICE_HEADER]),
      userAgent: client.userAgent,
      hints: {
        brands: one(own['sec-ch-ua']),
        platform: one(own['sec-ch-ua-platform']),
        mobile: { '?1': true, '?0': false }[one(own['sec-ch-ua-mobile']) ?? ''],
      },
      acceptLanguage: one(own['accept-language']),
      longitude: location.longitude,
      at,
    });
    const email = emailSignals(order.customer?.emailAddress);
    const address = email['email.address'];
    return {
      signals: {
        ...orderSignals(order, method),
        ...email,
        ...ipSignals(ip, location, order),
        ...device.signals,
      },
      missing: [...missing, ...device.missing],
      keys: keysOf({
        customer: order.customer === undefined ? undefined : String(order.customer.id),
        email: typeof address === 'string' ? mailboxOf(address) : undefined,
        // Behind a private address there may be everybody.
        ip: ip?.isPrivate === false ? ip.address : undefined,
        network: ip?.isPrivate === false ? ip.network : undefined,
        device: device.signals['device.fingerprint'] as string | undefined,
        address: normalizeAddress(order.shippingAddress),
      }),
    };
  }

  private async locate(ip: string | undefined, missing: string[]): Promise<IpLocation> {
    if (ip === undefined) return {};
    try {
      const location = await within(LOCATION_TIMEOUT_MS, () => this.locations.locate(ip));
      if (location === undefined) missing.push('ip.country: no such database');
      else if (location.country === undefined) missing.push('ip.country: not in the database');
      return location ?? {};
    } catch (error) {
      missing.push(`ip.country: ${(error as Error).message}`);
      return {};
    }
  }
}

/** What an authorization says of the means of payment. */
export function instrumentSignals(provider: string, instrument: PaymentInstrument | null): Signals {
  return known({
    'payment.provider': provider,
    'payment.fingerprint': instrument?.fingerprint,
    'payment.type': instrument?.type,
    'payment.brand': instrument?.brand,
    'payment.issuingCountry': instrument?.issuingCountry,
    'payment.threeDSecure': instrument?.threeDSecure,
  });
}

/** What a card is counted by. */
export function cardKey(instrument: PaymentInstrument | null): string | undefined {
  const fingerprint = instrument?.fingerprint;
  return fingerprint == null || fingerprint === '' ? undefined : keyOf('card', fingerprint);
}

function orderSignals(order: Order, method: string): Signals {
  const { lines, shippingAddress, billingAddress, couponCodes, customer } = order;
  return known({
    'order.currency': order.currencyCode,
    'order.lines': lines.length,
    'order.quantity': lines.reduce((sum, { quantity }) => sum + quantity, 0),
    'order.digital': order.shippingLines?.length === 0,
    'order.coupon': (couponCodes ?? []).length > 0,
    'order.addressesDiffer': addressesDiffer(shippingAddress, billingAddress),
    'order.shippingCountry': countryOf(shippingAddress),
    'order.billingCountry': countryOf(billingAddress),
    'order.paymentMethod': method,
    'customer.id': customer === undefined ? undefined : String(customer.id),
  });
}

/** Without a billing address, the shipping address is the one that the bill goes to. */
function ipSignals(ip: ReturnType<typeof ipFacts>, location: IpLocation, order: Order): Signals {
  const { country, latitude, longitude } = location;
  const billing = countryOf(order.billingAddress) ?? countryOf(order.shippingAddress);
  const distance =
    billing === undefined || latitude === undefined || longitude === undefined
      ? undefined
      : distanceToCountryKm(billing, { latitude, longitude, ...(country === undefined ? {} : { country }) });
  return known({
    'ip.address': ip?.address,
    'ip.private': ip?.isPrivate,
    'ip.country': country,
    'ip.latitude': latitude,
    'ip.longitude': longitude,
    'ip.billingDistanceKm': distance === undefined ? undefined : Math.round(distance),
  });
}

function known(values: Readonly<Record<string, SignalValue | null | undefined>>): Signals {
  const signals: Record<string, SignalValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') signals[name] = value;
  }
  return signals;
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
