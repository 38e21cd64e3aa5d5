import { addNavMenuItem } from '@vendure/admin-ui/core';
import { registerReactCustomDetailComponent } from '@vendure/admin-ui/react';
import { OrderPaymentsCard } from './order-payments-card';
import { READ_RECONCILIATION } from './reconciliation.query';
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
  addNavMenuItem(
    {
      id: 'payment-differences',
      label: 'Payment differences',
      icon: 'balance',
      routerLink: ['/extensions/payments/differences'],
      requiresPermission: READ_RECONCILIATION,
    },
    'sales',
  ),
  addNavMenuItem(
    {
      id: 'payment-report',
      label: 'Payment report',
      icon: 'bar-chart',
      routerLink: ['/extensions/payments/report'],
      requiresPermission: READ_RECONCILIATION,
    },
    'sales',
  ),
];
