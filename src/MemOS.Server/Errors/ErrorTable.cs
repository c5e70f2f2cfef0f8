using System.Collections.Frozen;
using MemOS.Models;

namespace MemOS.Server.Errors;

/// <summary>The one table from error codes to HTTP.</summary>
internal static class ErrorTable
{
    private static readonly FrozenDictionary<string, (int Status, string Title)> Rows = new Dictionary<string, (int, string)>
    {
        [ErrorCodes.InvalidInput] = (400, "The request is not valid"),
        [ErrorCodes.InvalidFilter] = (400, "The filter is not valid"),
        [ErrorCodes.UnscopedDelete] = (400, "Nothing was named to be deleted"),
        [ErrorCodes.Forbidden] = (403, "Not allowed"),
        [ErrorCodes.VaultNotFound] = (404, "No such vault"),
        [ErrorCodes.CubeNotFound] = (404, "No such cube"),
        [ErrorCodes.MessageNotFound] = (404, "No such message"),
        [ErrorCodes.KeyNotFound] = (404, "No such API key"),
        [ErrorCodes.BranchNotFound] = (404, "No such branch"),
        [ErrorCodes.VaultExists] = (409, "The vault exists already"),
        [ErrorCodes.VaultInUse] = (409, "The vault is in use"),
        [ErrorCodes.VersionConflict] = (409, "Changed since it was read"),
        [ErrorCodes.MessageIdConflict] = (409, "The message id was used before"),
        [ErrorCodes.IllegalTransition] = (409, "The life cycle does not allow this"),
        [ErrorCodes.MergeConflict] = (409, "Both lines changed the same cube"),
        [ErrorCodes.StorageFailed] = (503, "The files of the vault cannot be used"),
        [ErrorCodes.DiskFull] = (507, "The disk is full"),
        [ErrorCodes.FormatTooNew] = (500, "The vault was written by a newer release"),
        [ErrorCodes.Corrupted] = (500, "The vault is damaged"),
        [ErrorCodes.ForgettingIncomplete] = (500, "Not everything could be erased"),
        [ErrorCodes.Unauthorized] = (401, "The key is missing or wrong"),
        [ErrorCodes.Unreachable] = (502, "A server behind this one cannot be reached"),
        [ErrorCodes.ModelFailed] = (502, "The model did not answer"),
        [ErrorCodes.JobNotFound] = (404, "No such job"),
        [ErrorCodes.AmbiguousFeedback] = (409, "Several memories could be meant"),
        [ErrorCodes.ModelAnswerInvalid] = (502, "The model's answer cannot be used"),
        [ErrorCodes.TooManyOrders] = (409, "Too many cartridges are waited for"),
        [ErrorCodes.BudgetExceeded] = (409, "The vault's states take all bytes that its policy gives them"),
        ["task_not_found"] = (404, "No such task"),
        ["knowledgebase_not_found"] = (404, "No such knowledge base"),
        ["unsupported_file"] = (400, "A file of this kind cannot be read"),
        ["rate_limited"] = (429, "The rate limit of the model's endpoint is reached"),
        [ModelErrorCodes.Busy] = (503, "Too many answers wait for the model"),
        [ModelErrorCodes.TrainingUnsupported] = (501, "This kind of model is not trained for"),
        ["no_model"] = (503, "No chat model is configured"),
        ["not_found"] = (404, "No such address"),
        ["method_not_allowed"] = (405, "Not this method"),
        ["body_too_large"] = (413, "The body is too large"),
        ["unsupported_media_type"] = (415, "The body must be JSON"),
        ["not_offered"] = (501, "Not offered by this server"),
        ["stopping"] = (503, "The server is stopping"),
        ["internal_error"] = (500, "Something went wrong in the server"),
    }.ToFrozenDictionary();

    /// <summary>All codes.</summary>
    public static IEnumerable<string> Codes => Rows.Keys;

    /// <summary>The status of a code; 500 for one that is not in the table.</summary>
    public static int StatusOf(string code) => Rows.TryGetValue(code, out (int Status, string Title) row) ? row.Status : 500;

    /// <summary>The title of a code.</summary>
    public static string TitleOf(string code) => Rows.TryGetValue(code, out (int Status, string Title) row) ? row.Title : "Something went wrong";

    /// <summary>The code for a status that no handler has explained.</summary>
    public static string CodeOf(int status) => status switch
    {
        401 => ErrorCodes.Unauthorized,
        404 => "not_found",
        405 => "method_not_allowed",
        413 => "body_too_large",
        415 => "unsupported_media_type",
        >= 500 => "internal_error",
        _ => ErrorCodes.InvalidInput,
    };
}
