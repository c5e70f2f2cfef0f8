using MemOS.Cubes;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Which operators and values go with which field.</summary>
internal static class FieldRules
{
    /// <summary>Why a condition makes no sense, or null when it does.</summary>
    public static string? WhyInvalid(CubeField field, FilterOperator op, ReadOnlySpan<FilterValue> values, string? key)
    {
        if (!Enum.IsDefined(field) || !Enum.IsDefined(op))
        {
            return "The field or the operator is not one of the defined ones.";
        }

        if (field is CubeField.Info == string.IsNullOrEmpty(key))
        {
            return field is CubeField.Info ? "The field 'info' needs a key, as in 'info.city'." : "Only the field 'info' has a key.";
        }

        if (op is not FilterOperator.In && values.Length != 1)
        {
            return "The operator takes one value.";
        }

        if (!Allows(field, op))
        {
            return $"The field '{field}' cannot be compared with '{op}'.";
        }

        foreach (FilterValue value in values)
        {
            if (WhyInvalid(field, op, value) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>Whether the field's values are times.</summary>
    public static bool IsTime(CubeField field) =>
        field is CubeField.CreatedAt or CubeField.UpdatedAt or CubeField.SaidAt or CubeField.ValidFrom or CubeField.ValidTo or CubeField.ValidAt;

    /// <summary>Whether the field's values are numbers.</summary>
    public static bool IsNumber(CubeField field) => field is CubeField.Priority or CubeField.Sensitivity;

    private static bool Allows(CubeField field, FilterOperator op) => op switch
    {
        FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In or FilterOperator.Exists => true,
        FilterOperator.Contains or FilterOperator.Like => !IsTime(field) && !IsNumber(field),
        _ => IsTime(field) || IsNumber(field) || field is CubeField.Info,
    };

    private static string? WhyInvalid(CubeField field, FilterOperator op, FilterValue value)
    {
        if (op is FilterOperator.Exists)
        {
            return value.Text is "true" or "false" ? null : "The operator 'exists' takes true or false.";
        }

        if (value.Text is null)
        {
            return "The value is missing.";
        }

        if (op is FilterOperator.Contains or FilterOperator.Like)
        {
            return null;
        }

        return field switch
        {
            CubeField.Id when !CubeId.TryParse(value.Text, out _) => "An id is a UUID with hyphens.",
            CubeField.State when !IsName<CubeState>(value.Text) => $"The value is not a state; these are: {Names<CubeState>()}.",
            CubeField.Kind when !IsName<PayloadKind>(value.Text) => $"The value is not a payload kind; these are: {Names<PayloadKind>()}.",
            _ when IsTime(field) && value.Time is null => "The value is not a time. Write an ISO 8601 date or date-time, or milliseconds since 1970.",
            _ when IsNumber(field) && value.Number is null => "The value is not a number.",
            _ => null,
        };
    }

    private static bool IsName<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string Names<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
}
