/* Source annotations: empty, since nothing here analyses them. */
#pragma once

/* Parameters: direction */
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_reads_(n)
#define _In_reads_opt_(n)
#define _In_reads_bytes_(n)
#define _In_reads_bytes_opt_(n)
#define _In_reads_z_(n)
#define _In_reads_opt_z_(n)
#define _In_reads_or_z_(n)
#define _In_reads_to_ptr_(p)
#define _In_range_(low, high)
#define _In_function_class_(x)
#define _Out_
#define _Out_opt_
#define _Out_writes_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_z_(n)
#define _Out_writes_opt_z_(n)
#define _Out_writes_to_(n, c)
#define _Out_writes_to_opt_(n, c)
#define _Out_writes_all_(n)
#define _Out_writes_all_opt_(n)
#define _Out_writes_bytes_(n)
#define _Out_writes_bytes_opt_(n)
#define _Out_writes_bytes_to_(n, c)
#define _Out_writes_bytes_to_opt_(n, c)
#define _Out_writes_bytes_all_(n)
#define _Out_writes_bytes_all_opt_(n)
#define _Out_range_(low, high)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_opt_result_maybenull_
#define _Outptr_result_maybenull_
#define _Outptr_result_nullonfailure_
#define _Outptr_result_z_
#define _Outptr_result_buffer_(n)
#define _Outptr_result_buffer_maybenull_(n)
#define _Outptr_result_buffer_all_(n)
#define _Outptr_result_buffer_to_(n, c)
#define _Outptr_opt_result_buffer_(n)
#define _Outptr_opt_result_buffer_maybenull_(n)
#define _Outptr_opt_result_bytebuffer_(n)
#define _Outptr_opt_result_bytebuffer_maybenull_(n)
#define _Outptr_opt_result_z_
#define _Outptr_result_bytebuffer_all_(n)
#define _Outptr_result_bytebuffer_to_(n, c)
#define _Outptr_result_bytebuffer_(n)
#define _Outptr_result_bytebuffer_maybenull_(n)
#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Inout_updates_(n)
#define _Inout_updates_opt_(n)
#define _Inout_updates_z_(n)
#define _Inout_updates_to_(n, c)
#define _Inout_updates_all_(n)
#define _Inout_updates_bytes_(n)
#define _Inout_updates_bytes_opt_(n)
#define _Inout_updates_bytes_to_(n, c)
#define _Inout_updates_bytes_to_opt_(n, c)
#define _Inout_updates_bytes_all_(n)
#define _In_count_(n)
#define _In_opt_count_(n)
#define _In_bytecount_(n)
#define _In_opt_bytecount_(n)
#define _Out_cap_(n)
#define _Out_opt_cap_(n)
#define _Out_z_cap_(n)
#define _Out_z_cap_c_(n)
#define _Out_bytecap_(n)
#define _Out_opt_bytecap_(n)
#define _Inout_count_(n)
#define _Inout_bytecount_(n)
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _Reserved_
#define _Points_to_data_
#define _Const_
#define _COM_Outptr_
#define _Printf_format_string_
#define _Scanf_format_string_
#define _Deref_out_
#define _Deref_out_opt_
#define _Deref_out_range_(low, high)
#define _Deref_pre_
#define _Deref_prepost_z_
#define _Deref_post_
#define _Deref_post_opt_
#define _Ret_
#define _Ret_opt_
#define _Ret_z_
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_range_(low, high)
#define _Ret_writes_(n)
#define _Ret_writes_bytes_(n)
#define _Ret_writes_bytes_maybenull_(n)

/* Results and conditions */
#define _Check_return_
#define _Check_return_opt_
#define _Must_inspect_result_
#define _Result_nullonfailure_
#define _Result_zeroonfailure_
#define _Success_(condition)
#define _Return_type_success_(condition)
#define _On_failure_(annotations)
#define _Always_(annotations)
#define _When_(condition, annotations)
#define _At_(target, annotations)
#define _At_buffer_(target, iterator, bound, annotations)
#define _Group_(annotations)
#define _Pre_
#define _Pre_valid_
#define _Pre_notnull_
#define _Pre_maybenull_
#define _Pre_opt_valid_
#define _Pre_null_
#define _Pre_invalid_
#define _Pre_satisfies_(condition)
#define _Pre_writable_size_(n)
#define _Pre_writable_byte_size_(n)
#define _Pre_readable_byte_size_(n)
#define _Pre_cap_(n)
#define _Pre_bytecap_(n)
#define _Post_
#define _Post_valid_
#define _Post_invalid_
#define _Post_ptr_invalid_
#define _Post_notnull_
#define _Post_maybenull_
#define _Post_null_
#define _Post_satisfies_(condition)
#define _Post_writable_size_(n)
#define _Post_writable_byte_size_(n)
#define _Post_readable_byte_size_(n)
#define _Post_equal_to_(x)
#define _Post_z_
#define _Prepost_z_
#define _Null_terminated_
#define _NullNull_terminated_
#define _Notnull_
#define _Notref_
#define _Maybenull_
#define _Valid_
#define _Null_
#define _Unchanged_(x)
#define _Raises_SEH_exception_
#define _Literal_
#define _Strict_type_match_
#define _Notliteral_
#define _Function_class_(name)
#define _Use_decl_annotations_
#define _Analysis_mode_(mode)
#define _Analysis_assume_(x) ((void)0)
#define _Analysis_assume_nullterminated_(x) ((void)0)
#define _Analysis_noreturn_
#define _Analysis_code_type_kernel_driver_
#define _Analysis_code_type_user_code_
#define _Inexpressible_(x)
#define _Curr_
#define _Old_(x)
#define _Param_(n)
#define _Analysis_suppress_lock_checking_(x)

/* Members */
#define _Field_size_(n)
#define _Field_size_opt_(n)
#define _Field_size_full_(n)
#define _Field_size_full_opt_(n)
#define _Field_size_part_(n, c)
#define _Field_size_bytes_(n)
#define _Field_size_bytes_opt_(n)
#define _Field_size_bytes_full_(n)
#define _Field_size_bytes_full_opt_(n)
#define _Field_size_bytes_part_(n, c)
#define _Field_range_(low, high)
#define _Field_z_
#define _Struct_size_bytes_(n)
#define _Readable_bytes_(n)
#define _Readable_elements_(n)
#define _Writable_bytes_(n)
#define _Writable_elements_(n)

/* Locks */
#define _Acquires_lock_(lock)
#define _Acquires_nonreentrant_lock_(lock)
#define _Acquires_exclusive_lock_(lock)
#define _Acquires_shared_lock_(lock)
#define _Releases_lock_(lock)
#define _Releases_nonreentrant_lock_(lock)
#define _Releases_exclusive_lock_(lock)
#define _Releases_shared_lock_(lock)
#define _Requires_lock_held_(lock)
#define _Requires_lock_not_held_(lock)
#define _Requires_exclusive_lock_held_(lock)
#define _Requires_shared_lock_held_(lock)
#define _Requires_no_locks_held_
#define _Create_lock_level_(level)
#define _Has_lock_level_(level)
#define _Has_lock_kind_(kind)
#define _Lock_level_order_(a, b)
#define _Guarded_by_(lock)
#define _Write_guarded_by_(lock)
#define _Interlocked_
#define _Analysis_assume_lock_acquired_(lock) ((void)0)
#define _Analysis_assume_lock_released_(lock) ((void)0)
#define _Analysis_assume_lock_held_(lock) ((void)0)
#define _Analysis_assume_lock_not_held_(lock) ((void)0)
#define _Analysis_assume_same_lock_(a, b) ((void)0)
#define _Global_critical_region_
#define _Global_cancel_spin_lock_
#define _Interlocked_operand_
#define _No_competing_thread_
#define _Benign_race_begin_
#define _Benign_race_end_
