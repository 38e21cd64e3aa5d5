import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { RoutingPage } from './routing-page';

export default [
  registerReactRouteComponent({
    component: RoutingPage,
    path: 'routing',
    title: 'Payment routing',
    breadcrumb: 'Payment routing',
  }),
];
