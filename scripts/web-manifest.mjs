/**
 * The facts that a device is told when the app is put on its home screen.
 *
 * @type {Partial<import('vite-plugin-pwa').ManifestOptions>}
 */
export const webManifest = {
	id: '/',
	name: 'Schoolsleutel',
	short_name: 'Schoolsleutel',
	description: 'Leerlingen, accounts en kaarten van de school, ook zonder internet.',
	lang: 'nl',
	dir: 'ltr',
	start_url: '/',
	scope: '/',
	display: 'standalone',
	background_color: '#f6f4ef',
	theme_color: '#f6f4ef',
	categories: ['education', 'productivity'],
	icons: [
		{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
		{ src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
		{ src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
		{ src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }
	],
	shortcuts: [
		{
			name: 'Leerlingen',
			url: '/beheer/leerlingen',
			icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }]
		},
		{
			name: 'Kaart scannen',
			url: '/beheer/scannen',
			icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }]
		},
		{
			name: 'Kaarten afdrukken',
			url: '/beheer/kaarten',
			icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }]
		}
	]
};
