import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { CasePage } from './case-page';
import { QueuePage } from './queue-page';

export default [
  registerReactRouteComponent({
    component: QueuePage,
    path: 'review',
    title: 'Fraud review',
    breadcrumb: 'Fraud review',
  }),
  registerReactRouteComponent({
    component: CasePage,
    path: 'cases/:id',
    title: 'Fraud case',
    breadcrumb: 'Fraud case',
  }),
];
