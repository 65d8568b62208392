// A certified OpenID Connect provider (oidc-provider) on loopback, for the tests of signing in.
//
//   node provider.mjs PORT CLIENT_JWK     CLIENT_JWK: the client's public key (private_key_jwt, ES256)
//
// Whoever comes is signed in at once, as the person and at the level that GET /become?sub=…&acr=… said last.

import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, clientKey] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const inbox = 'https://localhost:9443';
const key = (kid) => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
let who = { sub: 'kari', acr: 'substantial' };

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'meldeport',
    redirect_uris: [`${inbox}/sign-in/callback`],
    post_logout_redirect_uris: [`${inbox}/sign-in?out=1`],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [JSON.parse(clientKey)] },
    require_auth_time: true,
  }],
  jwks: { keys: [key('first')] },
  cookies: { keys: ['not a secret: only for tests'] },
  acrValues: ['low', 'substantial', 'high'],
  claims: { openid: ['sub'], acr: null, auth_time: null, iss: null, sid: null },
  clockTolerance: 600,
  ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 600 },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
});

provider.use(async (ctx, next) => {
  if (ctx.path === '/become') {
    who = Object.fromEntries(new URL(ctx.url, issuer).searchParams);
    ctx.body = 'ok';
  } else if (ctx.path.startsWith('/interaction/')) {
    const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
    let result = { login: { accountId: who.sub, acr: who.acr } };
    if (prompt.name === 'consent') {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
      grant.addOIDCScope(params.scope);
      result = { consent: { grantId: await grant.save() } };
    }
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: true }));
  } else {
    await next();
  }
});
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));
