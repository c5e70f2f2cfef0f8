namespace MemOS;

/// <summary>The codes of <see cref="MemOSException.Code"/>. They never change their meaning; the server puts them in its problem details.</summary>
public static class ErrorCodes
{
    /// <summary>An argument or a body was not usable; the message names the field.</summary>
    public const string InvalidInput = "invalid_input";

    /// <summary>A filter named an unknown field or operator, or was not well formed.</summary>
    public const string InvalidFilter = "invalid_filter";

    /// <summary>The vault does not exist, or the caller may not know that it does.</summary>
    public const string VaultNotFound = "vault_not_found";

    /// <summary>The vault to be created exists already.</summary>
    public const string VaultExists = "vault_exists";

    /// <summary>The cube does not exist in this vault (or no longer, or not yet at the time asked for).</summary>
    public const string CubeNotFound = "cube_not_found";

    /// <summary>The message does not exist in this vault.</summary>
    public const string MessageNotFound = "message_not_found";

    /// <summary>The cube was changed since it was read.</summary>
    public const string VersionConflict = "version_conflict";

    /// <summary>A message id was used before for another text.</summary>
    public const string MessageIdConflict = "message_id_conflict";

    /// <summary>The life cycle does not allow this change; a frozen cube, for example, refuses every write.</summary>
    public const string IllegalTransition = "illegal_transition";

    /// <summary>A delete named nothing, or everything without saying so.</summary>
    public const string UnscopedDelete = "unscoped_delete";

    /// <summary>The branch does not exist.</summary>
    public const string BranchNotFound = "branch_not_found";

    /// <summary>The branch and the main line both changed the same cube.</summary>
    public const string MergeConflict = "merge_conflict";

    /// <summary>The caller lacks the right for this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The folder was written by a newer release.</summary>
    public const string FormatTooNew = "format_too_new";

    /// <summary>A file of the vault is damaged; the message names it.</summary>
    public const string Corrupted = "vault_corrupted";

    /// <summary>The disk is full.</summary>
    public const string DiskFull = "disk_full";

    /// <summary>Reading or writing the vault's files failed.</summary>
    public const string StorageFailed = "storage_failed";

    /// <summary>Another process has the vault open for writing.</summary>
    public const string VaultInUse = "vault_in_use";

    /// <summary>Bytes of forgotten content could not be erased from a file of the vault.</summary>
    public const string ForgettingIncomplete = "forgetting_incomplete";

    /// <summary>The key is missing, wrong or revoked.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The API key does not exist.</summary>
    public const string KeyNotFound = "key_not_found";

    /// <summary>The server cannot be reached, or what answers is no memory server.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The job does not exist in this vault, or was done.</summary>
    public const string JobNotFound = "job_not_found";

    /// <summary>An instruction could mean several memories: nothing was changed. Name the one that is meant.</summary>
    public const string AmbiguousFeedback = "ambiguous_feedback";

    /// <summary>What a model answered is not what it was asked for, again and again.</summary>
    public const string ModelAnswerInvalid = "model_answer_invalid";

    /// <summary>The endpoint of a model is not there, does not let us in, or stays busy.</summary>
    public const string ModelFailed = "model_failed";

    /// <summary>The vault has as many orders of cartridges as it may; wait until some are done, or take some back.</summary>
    public const string TooManyOrders = "too_many_orders";

    /// <summary>The vault's states take all bytes on disk that its policy gives them; erase some, or raise the budget.</summary>
    public const string BudgetExceeded = "budget_exceeded";
}
