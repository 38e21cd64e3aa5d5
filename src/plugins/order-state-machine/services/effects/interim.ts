import { Injectable } from '@nestjs/common';
import type { OrderEffect } from '../../types';
const make = (code: string, extra: Partial<OrderEffect> = {}) => {
  @Injectable()
  class E implements OrderEffect {
    readonly code = code;
    readonly repeatable = true;
    readonly after = extra.after ?? [];
    readonly per = extra.per ?? 'order';
    async run() {
      return { ok: true };
    }
    async compensate() {
      return { undone: true };
    }
  }
  return E;
};
export const INTERIM = [
  make('send_confirmation_email'),
  make('notify_warehouse'),
  make('create_shipping_label'),
  make('generate_packing_list'),
  make('update_tracking_info', { per: 'fulfillment', after: ['create_shipping_label'] }),
  make('send_shipping_notification', { per: 'fulfillment', after: ['update_tracking_info'] }),
  make('send_delivery_notification'),
  make('request_feedback'),
];
