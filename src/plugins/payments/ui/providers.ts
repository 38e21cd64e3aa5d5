import { addNavMenuItem } from '@vendure/admin-ui/core';
import { registerReactCustomDetailComponent } from '@vendure/admin-ui/react';
import { OrderPaymentsCard } from './order-payments-card';
import { READ } from './routing.query';

export default [
  registerReactCustomDetailComponent({ locationId: 'order-detail', component: OrderPaymentsCard }),
  addNavMenuItem(
    {
      id: 'payment-routing',
      label: 'Payment routing',
      icon: 'switch',
      routerLink: ['/extensions/payments/routing'],
      requiresPermission: READ,
    },
    'settings',
  ),
];
