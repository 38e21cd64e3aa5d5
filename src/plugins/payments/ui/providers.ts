import { addNavMenuItem } from '@vendure/admin-ui/core';
import { READ } from './routing.query';

export default [
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
