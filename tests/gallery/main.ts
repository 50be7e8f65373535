// A page for looking at the parts while they are made; nothing of it is built or shipped.
import { mount } from 'svelte';
import '../../src/app.css';
import Gallery from './Gallery.svelte';

const query = new URLSearchParams(location.search);
mount(Gallery, {
	target: document.body,
	props: { shows: query.get('show') ?? 'parts', by: query.get('by') ?? 'officer' }
});
