using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall.Filters;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Keeps a search from telling what a caller may not see: a cube is not found by a field that is hidden from the caller.</summary>
internal static class RestrictedFields
{
    /// <summary>Whether the text, or a field that the filter asks about, is hidden from the caller.</summary>
    public static bool HideFrom(Caller caller, GovernanceHeader rule, CubeFilter? filter) =>
        CubeView.HidesText(rule, caller) ||
        (filter is not null && rule.Restricted is { } restricted &&
         restricted.Any(field => AsksAbout(filter, field.Key) && !CallerRights.Named(caller, field.Value)));

    private static bool AsksAbout(CubeFilter filter, string field) => filter switch
    {
        AndFilter and => and.Filters.Any(part => AsksAbout(part, field)),
        OrFilter or => or.Filters.Any(part => AsksAbout(part, field)),
        NotFilter not => AsksAbout(not.Filter, field),
        FieldCondition condition => NameOf(condition) == field,
        _ => true,
    };

    private static string? NameOf(FieldCondition condition) => condition.Field switch
    {
        CubeField.Speaker => "speaker",
        CubeField.Entities => "entities",
        CubeField.Tags => "tags",
        CubeField.Conversation => "sources",
        CubeField.Info => $"info.{condition.Key}",
        _ => null,
    };
}
