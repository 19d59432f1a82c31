<?php
// Set a new site up without a browser and print, as one JSON line, what its members need to sign in.
// Arguments: the folder of the site, its address, its title.
[, $folder, $address, $title] = $argv;
$_SERVER['HTTP_HOST'] = parse_url($address, PHP_URL_HOST) . ':' . parse_url($address, PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
define('WP_INSTALLING', true);
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

// Nothing is sent anywhere while the site is set up.
function wp_new_blog_notification() {}
wp_install($title, 'conductor', 'conductor@example.org', true, '', wp_generate_password());

$options = [
    'permalink_structure' => '/%postname%/',
    'timezone_string' => 'Europe/Paris',
    'default_ping_status' => 'closed',
    'comment_moderation' => '0',
    'comment_previously_approved' => '0',
    'blog_public' => '0',
];
foreach ($options as $name => $value) {
    update_option($name, $value);
}
$GLOBALS['wp_rewrite']->init();
$GLOBALS['wp_rewrite']->flush_rules(false);

$editor = wp_insert_user([
    'user_login' => 'editor',
    'user_pass' => wp_generate_password(),
    'user_email' => 'editor@example.org',
    'display_name' => 'Camille Roussel',
    'role' => 'editor',
]);
$members = [];
foreach (['conductor' => 1, 'editor' => $editor] as $login => $id) {
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'pupitre']);
    $members[$login] = ['id' => $id, 'password' => $password];
}
echo json_encode(['version' => $GLOBALS['wp_version'], 'members' => $members]), "\n";
