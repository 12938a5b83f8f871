import { countSlips } from '../catalogue/suggest.ts';
import type { Catalogue } from '../catalogue/types.ts';

/** A well-shaped name that is not listed, and the listed one it is a slip of; short names are too alike to tell. */
export function nearestServicePrincipal(value: string, catalogue: Catalogue): string | undefined {
  const found = catalogue.servicePrincipal(value);
  if (!found || found.listed) return undefined;
  const proper = found.name.replace(/\.amazon\.com$/, '.amazonaws.com');
  if (proper !== found.name && catalogue.servicePrincipal(proper)?.listed) return proper;
  const [own = '', ...rest] = found.name.split('.');
  const limit = own.length >= 9 ? 2 : 1;
  // A service prefix may well have a principal of that name that we have not met.
  if (own.length < 5 || catalogue.serviceName(own) !== undefined) return undefined;
  const near = catalogue
    .servicePrincipals()
    .map(({ name }) => name)
    .filter((name) => countSlips(own, name.split('.')[0] ?? '', limit) <= limit)
    .filter((name) => name.split('.').slice(1).join('.') === rest.join('.'))
    // `securityhubv2` is another service, not a slip of `securityhub`.
    .filter((name) => !own.startsWith(name.split('.')[0] ?? own));
  return near.length === 1 ? near[0] : undefined;
}

/** The listed service principal that a value of the wrong shape stands for: `lambda`, ` ec2.amazonaws.com`, a URL. */
export function repairServicePrincipal(value: string, catalogue: Catalogue): string | undefined {
  const bare = value
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const candidates = [bare, `${bare}.amazonaws.com`, bare.replace(/\.[a-z.]{0,100}$/, '.amazonaws.com')];
  return candidates.find((candidate) => catalogue.servicePrincipal(candidate)?.listed);
}
