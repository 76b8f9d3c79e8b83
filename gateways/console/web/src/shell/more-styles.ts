/** Styles of all components, in a layer: fetched with the first page that is not a list. */
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
