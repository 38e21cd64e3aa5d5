import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { DifferencesPage } from './differences-page';
import { ReportPage } from './report-page';
import { RoutingPage } from './routing-page';

export default [
  registerReactRouteComponent({
    component: RoutingPage,
    path: 'routing',
    title: 'Payment routing',
    breadcrumb: 'Payment routing',
  }),
  registerReactRouteComponent({
    component: DifferencesPage,
    path: 'differences',
    title: 'Payment differences',
    breadcrumb: 'Payment differences',
  }),
  registerReactRouteComponent({
    component: ReportPage,
    path: 'report',
    title: 'Payment report',
    breadcrumb: 'Payment report',
  }),
];
