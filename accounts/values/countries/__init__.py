"""One module for each country that the site can stand in; the settings choose one."""
