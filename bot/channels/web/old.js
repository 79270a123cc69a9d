// For browsers that know no modules: say what to do instead, in the page's own words.
document.getElementById("old").hidden = false;
