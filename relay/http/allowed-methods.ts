import { ROUTES } from './openapi/routes-table';

const PATHS = [...new Set(ROUTES.map(({ path }) => path))]
  .map((path) => ({
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    methods: ROUTES.filter((route) => route.path === path).map(({ method }) => method.toUpperCase()),
    fixed: !path.includes('{'),
  }))
  .sort((a, b) => Number(b.fixed) - Number(a.fixed));

/** The methods that a path takes; none where there is no such path. */
export function allowedMethods(path: string): string[] {
  const methods = PATHS.find(({ pattern }) => pattern.test(path))?.methods ?? [];
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}
