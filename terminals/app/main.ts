import { mount } from 'svelte';
import App from './App.svelte';
import { lockGestures } from './gestures.ts';
import { Tablet } from './tablet.svelte.ts';

lockGestures();
const tablet = new Tablet();
mount(App, { target: document.getElementById('tablet')!, props: { tablet } });
void tablet.start();
