package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.preview.Place;

/**
 * A user or a group of Azure DevOps ({@code IdentityRef} of the specification).
 *
 * @param id theirs; empty where it is not told
 * @param name ours: of a user the {@code uniqueName}, of a group {@code [Project] Team}, which one of our own approver groups
 *     can be called, too
 */
record Identity(String id, String name, boolean group, boolean named) {

    static Identity read(Place place) throws Place.Misfit {
        place.requireObject();
        String id = Json.textIfGiven(place.get("id"));
        String shown = Json.textIfGiven(place.get("displayName"));
        String unique = Json.textIfGiven(place.get("uniqueName"));
        if (isGroup(place, shown, unique)) {
            String name = usable(shown);
            return new Identity(id, require(place, name.isEmpty() ? usable(id) : name), true, true);
        }
        if (!unique.isEmpty()) {
            return new Identity(id, unique, false, true);
        }
        return new Identity(id, require(place, shown.isEmpty() ? id : shown), false, false);
    }

    private static String require(Place place, String name) throws Place.Misfit {
        if (name.isEmpty()) {
            throw place.misfit("has no uniqueName, no displayName and no id");
        }
        return name;
    }

    private static boolean isGroup(Place place, String shown, String unique) throws Place.Misfit {
        String descriptor = Json.textIfGiven(place.get("descriptor"));
        return Json.flag(place.get("isContainer"), false)
                || descriptor.startsWith("vssgp.")
                || descriptor.startsWith("aadgp.")
                || unique.startsWith("vstfs:")
                || shown.matches("(?s)\\[.+]\\\\.+");
    }

    /** Without what the name of an approver group cannot have. */
    private static String usable(String name) {
        return name.replaceAll("[/\\\\?#%;\\p{Cntrl}]+", " ").strip();
    }

    /** Whether it is the same one there. */
    boolean is(Identity other) {
        return id.isEmpty() || other.id.isEmpty() ? clashes(other) : id.equalsIgnoreCase(other.id);
    }

    /** Whether it would be the same one here. */
    boolean clashes(Identity other) {
        return group == other.group && name.equalsIgnoreCase(other.name);
    }
}
